-- Money orders: asked by one person, approved by another, booked by the accountant with the bank's paper. The row of an order
-- is where it stands now; its steps are the history and never change.

create table money_order (
  id text primary key,
  number integer not null unique check (number > 0),
  kind text not null check (kind in ('disbursement', 'advance', 'return', 'refund', 'redesignation', 'write-off', 'reversal')),
  state text not null check (state in ('requested', 'sent-back', 'approved', 'booked', 'cancelled', 'refused')),
  version integer not null check (version > 0),
  -- What is asked, as JSON; amounts as decimal text.
  matter jsonb not null,
  amount bigint not null check (amount >= 0),
  campaign text,
  commune text,
  communes text[] not null,
  district text,
  twin text,
  -- Gift, animal or entry it is about, where it is about one.
  subject text,
  prepared_by text[] not null,
  approved_by text[] not null,
  requested_at bigint not null,
  changed_at bigint not null,
  -- Organisations: the public sees these, never people.
  requested_for text not null,
  approved_for text,
  approved_at bigint,
  -- Numbers of the axis that it would spend, and the entry as of which that was worked out.
  spending jsonb not null,
  entry bigint unique,
  search_text text not null,
  constraint booked_has_entry check ((state = 'booked') = (entry is not null)),
  constraint approved_by_somebody check (state not in ('approved', 'booked') or cardinality(approved_by) > 0),
  -- Whoever prepared it did not approve it, whatever a programme says.
  constraint two_people check (not (prepared_by && approved_by)),
  constraint somebody_asked check (cardinality(prepared_by) > 0)
);
create index money_order_state on money_order (state, changed_at);
create index money_order_campaign on money_order (campaign);
create index money_order_subject on money_order (subject) where subject is not null;

create table order_step (
  order_id text not null,
  n integer not null,
  step text not null check (step in ('request', 'change', 'send-back', 'approve', 'refuse', 'book', 'cancel')),
  version integer not null,
  at bigint not null,
  person text not null,
  role text not null,
  organisation text not null,
  reason text,
  note text not null,
  matter jsonb,
  amount bigint,
  entry bigint,
  primary key (order_id, n)
);

-- A newer paper of an item stands in place of the older one; both stay.
create table order_paper (
  order_id text not null,
  n integer not null,
  item text not null,
  file text not null,
  added_by text not null,
  added_at bigint not null,
  primary key (order_id, n)
);

-- The papers an order needs, by the source of its money: dated rows, as rules change.
create table dossier_item (
  kind text not null,
  -- donation, twinned-body, programme, other; any: whatever the source
  source text not null,
  code text not null,
  n integer not null,
  title_vi text not null,
  title_en text not null,
  before_step text not null check (before_step in ('approve', 'book')),
  required boolean not null,
  paper text not null,
  valid_from date not null,
  valid_to date,
  legal_source text not null,
  primary key (kind, source, code, valid_from)
);

insert into dossier_item (kind, source, code, n, title_vi, title_en, before_step, required, paper, valid_from, legal_source) values
  ('disbursement', 'any', 'letter', 1, 'Văn bản đề nghị chuyển tiền của Ủy ban nhân dân xã', 'Letter of the commune People''s Committee asking for the money', 'approve', true, 'letter', '2021-12-24', 'plan 9295, II.1.6 b'),
  ('disbursement', 'any', 'plan', 2, 'Phương án sử dụng tiền đã được xã phê duyệt', 'Plan for using the money, approved by the commune', 'approve', true, 'decision', '2021-12-24', 'plan 9295, II.1.6 b'),
  ('disbursement', 'donation', 'list', 3, 'Danh sách hộ hưởng lợi đã niêm yết công khai', 'List of supported households as posted in public', 'approve', true, 'minutes', '2021-12-24', 'plan 9295, II.1.6 b-c'),
  ('disbursement', 'twinned-body', 'agreement', 3, 'Văn bản của đơn vị kết nghĩa về khoản hỗ trợ', 'Letter of the twinned body about its support', 'approve', true, 'letter', '2021-12-24', 'plan 9295, II.1.6 a'),
  ('disbursement', 'programme', 'budget', 3, 'Quyết định giao dự toán của chương trình, dự án', 'Decision that allots the budget of the programme', 'approve', true, 'decision', '2021-12-24', 'plan 9295, II.1.5'),
  ('disbursement', 'other', 'origin', 3, 'Văn bản xác định nguồn tiền', 'Paper that tells where the money comes from', 'approve', true, 'letter', '2021-12-24', 'plan 9295, II.1.5'),
  ('disbursement', 'any', 'bank', 9, 'Ủy nhiệm chi có xác nhận của ngân hàng', 'Payment order confirmed by the bank', 'book', true, 'payment-order', '2021-12-24', 'setting; vietnam-rules.md 7'),
  ('advance', 'any', 'proposal', 1, 'Tờ trình mua kèm báo giá', 'Proposal to buy, with quotations', 'approve', true, 'letter', '2021-12-24', 'plan 9295, II.1.6 d'),
  ('advance', 'any', 'group', 2, 'Biên bản họp Tổ công tác kết nghĩa', 'Minutes of the twinning working group', 'approve', true, 'minutes', '2021-12-24', 'plan 9295, II.1.6 c-d'),
  ('advance', 'programme', 'supplier', 3, 'Quyết định phê duyệt kết quả chọn nhà cung cấp', 'Decision that approves the choice of supplier', 'approve', true, 'decision', '2021-12-24', 'setting'),
  ('advance', 'any', 'contract', 4, 'Hợp đồng mua (nếu đã ký)', 'Contract of purchase, where one is signed', 'approve', false, 'contract', '2021-12-24', 'setting'),
  ('advance', 'any', 'bank', 9, 'Ủy nhiệm chi hoặc phiếu chi', 'Payment order or cash voucher', 'book', true, 'payment-order', '2021-12-24', 'setting; vietnam-rules.md 7'),
  ('return', 'any', 'settlement', 1, 'Bảng quyết toán khoản tiền còn lại', 'Settlement of what is left', 'approve', true, 'minutes', '2021-12-24', 'setting'),
  ('return', 'any', 'bank', 9, 'Giấy báo có hoặc ủy nhiệm chi nộp trả', 'Credit advice, or payment order that returns it', 'book', true, 'payment-order', '2021-12-24', 'setting; vietnam-rules.md 7'),
  ('refund', 'any', 'asked', 1, 'Đề nghị của người ủng hộ, hoặc bằng chứng đã trả hai lần', 'The donor''s request, or proof that it was paid twice', 'approve', true, 'letter', '2021-12-24', 'setting'),
  ('refund', 'any', 'bank', 9, 'Ủy nhiệm chi hoàn tiền có xác nhận của ngân hàng', 'Payment order of the refund, confirmed by the bank', 'book', true, 'payment-order', '2021-12-24', 'setting; vietnam-rules.md 7'),
  ('redesignation', 'any', 'proposal', 1, 'Tờ trình nêu lý do và nơi nhận', 'Proposal with the reason and the receiver', 'approve', true, 'letter', '2021-12-24', 'setting'),
  ('redesignation', 'any', 'decision', 9, 'Quyết định của cơ quan phụ trách vận động', 'Decision of the office that leads the appeal', 'book', true, 'decision', '2021-12-24', 'ledger.md 3.2'),
  ('write-off', 'any', 'minutes', 1, 'Biên bản xác nhận của trưởng thôn và thú y', 'Minutes of the village head and the veterinarian', 'approve', true, 'minutes', '2021-12-24', 'plan 9295, II.1.6 d'),
  ('write-off', 'any', 'photo', 2, 'Ảnh hiện trường', 'Photo of the place', 'approve', false, 'photo', '2021-12-24', 'setting'),
  ('write-off', 'any', 'decision', 9, 'Quyết định ghi giảm', 'Decision to write off', 'book', true, 'decision', '2021-12-24', 'setting'),
  ('reversal', 'any', 'error', 1, 'Biên bản xác định sai sót', 'Minutes that establish the error', 'approve', true, 'minutes', '2021-12-24', 'setting'),
  ('reversal', 'any', 'voucher', 9, 'Chứng từ điều chỉnh', 'Correction voucher', 'book', true, 'minutes', '2021-12-24', 'setting; vietnam-rules.md 7');

insert into rule (code, valid_from, value, source) values ('advance.days', '2021-12-24', '30', 'setting')
  on conflict do nothing;

-- What a person decided about something to look at.
alter table attention add column outcome text;
alter table attention add column closed_by text;
alter table attention add column note text not null default '';
alter table attention add constraint closed_with_outcome check ((closed_at is null) or (outcome is not null));

-- What anybody may know of an order: offices, never people. What is about one donor, or a mistake, is told once it is booked.
create view order_public as
  select o.number, o.kind, o.state, o.campaign, o.commune, o.amount,
         ((to_timestamp(o.requested_at) at time zone 'UTC') + interval '7 hours')::date as requested_on,
         o.requested_for,
         ((to_timestamp(o.approved_at) at time zone 'UTC') + interval '7 hours')::date as approved_on,
         o.approved_for, o.entry
    from money_order o
   where o.kind in ('disbursement', 'advance', 'return', 'redesignation', 'write-off') and (o.subject is null or o.kind = 'write-off')
      or o.entry is not null;

do $$
declare
  name text;
begin
  foreach name in array array['order_step', 'order_paper'] loop
    execute format('create trigger never_changed before update or delete on %I for each row execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_changed', name);
  end loop;
  create trigger never_deleted before delete on money_order for each row execute function refuse_change();
  alter table money_order enable always trigger never_deleted;
  foreach name in array array['money_order', 'order_step', 'order_paper'] loop
    execute format('create trigger never_emptied before truncate on %I for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_emptied', name);
  end loop;
  if exists (select 1 from pg_roles where rolname = 'ketnghia_app') then
    grant select, insert, update on money_order to ketnghia_app;
    grant select, insert on order_step, order_paper to ketnghia_app;
    grant select on dossier_item, order_public to ketnghia_app;
  end if;
end $$;

-- What was booked stays as it was booked, and an order keeps its number and kind.
create function check_money_order() returns trigger language plpgsql as $$
begin
  if old.state in ('booked', 'cancelled', 'refused') then
    raise exception 'order % is %: it is never changed', old.number, old.state using errcode = 'KN001';
  end if;
  if new.id <> old.id or new.number <> old.number or new.kind <> old.kind or new.requested_at <> old.requested_at
     or new.version <> old.version + 1 then
    raise exception 'order %: number, kind and first day stay, the version rises by one', old.number using errcode = 'KN001';
  end if;
  return new;
end $$;
create trigger steps_only before update on money_order for each row execute function check_money_order();
alter table money_order enable always trigger steps_only;
