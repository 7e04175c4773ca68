-- Three hands: whoever asked for an order or approved it does not book it. Who booked stands with the order from now on, so
-- that the table refuses it too, whatever a programme says.

alter table money_order add column booked_by text[] not null default '{}';

-- What was booked before tells its hand by its step. Two hands were enough then, so older rows are not held to the rule.
alter table money_order disable trigger steps_only;
update money_order o
   set booked_by = array[s.person]
  from order_step s
 where s.order_id = o.id and s.step = 'book' and o.state = 'booked';
alter table money_order enable always trigger steps_only;

alter table money_order add constraint three_people
  check (not (booked_by && prepared_by) and not (booked_by && approved_by)) not valid;
alter table money_order add constraint booked_by_somebody
  check ((state = 'booked') = (cardinality(booked_by) > 0)) not valid;
