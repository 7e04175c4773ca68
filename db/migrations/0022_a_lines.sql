-- What a place and what an organisation became, step by step: the one telling of their succession. Statements take from it
-- what a commune is called today, which codes it has had, and who a twinned body is by now.

-- From the unit `which` as it was from `since`, step 0, to what it is today. A unit's successor begins the day after it ended.
create function place_line(which text, since date)
  returns table (step integer, code text, valid_from date, valid_to date, name text, full_name text)
  language sql stable as $$
  with recursive line as (
    select 0 as step, p.code, p.valid_from, p.valid_to, p.name, p.full_name, p.successor
      from place p where p.code = which and p.valid_from = since
    union all
    select l.step + 1, p.code, p.valid_from, p.valid_to, p.name, p.full_name, p.successor
      from line l,
           -- One at most, by the primary key: said aloud, it is looked up there, and not joined to the whole table.
           lateral (select * from place p where p.code = l.successor and p.valid_from = l.valid_to + 1 limit 1) p
     where l.step < 20
  )
  select l.step, l.code, l.valid_from, l.valid_to, l.name, l.full_name from line l
$$;

-- From the organisation `which`, step 0, to the one that took over last.
create function organisation_line(which text) returns table (step integer, id text) language sql stable as $$
  with recursive line as (
    select 0 as step, o.id, o.successor from organisation o where o.id = which
    union all
    select l.step + 1, o.id, o.successor from line l join organisation o on o.id = l.successor where l.step < 20
  )
  select l.step, l.id from line l
$$;
