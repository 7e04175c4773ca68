-- Names of households are in the register, sealed (0023). No live book has rows here: no form, import or job ever wrote one.
-- Only a demonstration of an earlier version has; its households have no lists to ask money for, so it is begun anew.
do $$
begin
  if exists (select from household_private) then
    raise exception 'household_private has rows: this is a demonstration of an earlier version; begin a new one in an empty database';
  end if;
end $$;
DROP TABLE "household_private";
