-- Where a payer was sent is no longer kept: VNPay's address names the payer's own network address, which stood beside the code.
-- What it is made of is in the row; the attempts that are open keep their windows.

update payment set url = null where url is not null;
alter table payment drop column url;
