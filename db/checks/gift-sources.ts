/**
 * What shows a gift, as SQL reads it: a line of a bank statement, or what a gateway told. Texts are those of
 * `statement-line.ts`, `vnpay-protocol.ts` and `stripe-protocol.ts`.
 */

/** How long, in seconds, what has come may wait for what follows from it before it is named. */
const WAITING = 900;

/** Whether what came at these UTC seconds should have been dealt with by now. */
export const overdue = (seconds: string) =>
  `${seconds} < extract(epoch from now())::bigint - ${WAITING}`;

/** Servers' clocks differ by less than these seconds. */
export const CLOCKS_DIFFER = 3600;

/** The day in Việt Nam of UTC seconds. */
export const dayOf = (seconds: string) =>
  `((to_timestamp(${seconds}) at time zone 'UTC') + interval '7 hours')::date`;

/** The text of line `l` of account `b` as it is digested and kept as a paper: canonical JSON. */
export const LINE_TEXT = `('{"account":' || to_json(b.number)::text || ',"amount":' || l.amount
           || coalesce(',"balance":' || l.balance, '') || ',"day":"' || to_char(l.booked_on, 'YYYY-MM-DD')
           || '","direction":"' || l.direction || '","reference":' || to_json(l.reference)::text
           || ',"text":' || to_json(l.text)::text || '}')`;

/** A gift that has no number yet and will get one, or that no account can hold and a person was told of. */
export const underWay = (
  key: string,
) => `(exists (select from sequencer_queue q where q.key = ${key})
           or exists (select from attention t where t.kind = 'gift-too-large' and t.subject = ${key}))`;

const field = (name: string) => `substring(said from '(?:^|&)${name}=([^&]*)')`;
const inJson = (name: string, value: string) => `substring(said from '"${name}"\\s*:\\s*${value}')`;
const TEXT = '"([^"\\\\]*)"';

/** What two codes of VNPay tell (`settledState`), and how they are kept (`rawCode`). */
const vnpayState = (
  response: string,
  status: string,
) => `case when ${response} = '07' or ${status} in ('05', '06', '07', '09') then 'held'
             when ${status} = '01' then null when ${response} = '00' and ${status} = '00' then 'paid' else 'failed' end`;
const vnpayCode = (response: string, status: string) =>
  `case when ${response} = ${status} then ${response} else ${response} || '/' || ${status} end`;

const RESPONSE = field("vnp_ResponseCode");
const STATUS = field("vnp_TransactionStatus");
const ASKED_RESPONSE = inJson("vnp_ResponseCode", TEXT);
const ASKED_STATUS = inJson("vnp_TransactionStatus", TEXT);

/**
 * Signed events about payments and what each tells: reference, đồng, final state, the gateway's code and its number.
 * Read by patterns, so that no event of whatever bytes can end the check; `offset 0`, so that each is read once.
 */
export const EVENTS = `(
    select i.id, i.provider, i.event_key, i.received_at, i.body, a.outcome as answer,
           case i.provider when 'vnpay' then ${field("vnp_TxnRef")} when 'vnpay-query' then ${inJson("vnp_TxnRef", TEXT)}
                else coalesce(${inJson("client_reference_id", TEXT)}, ${inJson("payment", TEXT)}) end as ref,
           case i.provider when 'vnpay' then substring(said from '(?:^|&)vnp_Amount=([0-9]+)(?:&|$)')::numeric / 100
                when 'vnpay-query' then ${inJson("vnp_Amount", '"?([0-9]+)')}::numeric / 100
                else ${inJson("amount_total", "([0-9]+)")}::numeric end as amount,
           case i.provider when 'vnpay' then ${vnpayState(RESPONSE, STATUS)}
                when 'vnpay-query' then ${vnpayState(ASKED_RESPONSE, ASKED_STATUS)}
                when 'stripe' then case ${inJson("type", '"(checkout\\.session\\.[a-z_]+)"')}
                  when 'checkout.session.completed' then 'paid' when 'checkout.session.async_payment_succeeded' then 'paid'
                  when 'checkout.session.async_payment_failed' then 'failed' when 'checkout.session.expired' then 'failed' end
           end as state,
           case i.provider when 'vnpay' then ${vnpayCode(RESPONSE, STATUS)}
                when 'vnpay-query' then ${vnpayCode(ASKED_RESPONSE, ASKED_STATUS)}
                else ${inJson("type", '"(checkout\\.session\\.[a-z_]+)"')} end as code,
           case i.provider when 'vnpay' then nullif(nullif(${field("vnp_TransactionNo")}, '0'), '')
                when 'vnpay-query' then nullif(nullif(${inJson("vnp_TransactionNo", TEXT)}, '0'), '')
                else ${inJson("payment_intent", TEXT)} end as transaction
      from (select *, encode(body, 'escape') as said from inbox
             where signature_valid and provider in ('vnpay', 'vnpay-query', 'stripe') offset 0) i
      left join inbox_answer a on a.inbox = i.id offset 0)`;
