import { FIRST_ROLES, SET_UP } from "#app/domain/people/first-grant.ts";

import { dayOf } from "./gift-sources.ts";
import { type Invariant, wrongWhere } from "./invariant.ts";

const FIRST = FIRST_ROLES.map((role) => `'${role}'`).join(", ");

/** The demonstration's accounts are opened by the replay, for which no office stands yet. */
const IS_DEMO = `exists (select from content_version where name = 'demo')`;

/** Accounts as the changes say that other people than their proposers approved. */
const APPROVED = `(
      select c.bank_account as id, o.holder, o.bank_name, o.bin, o.number, o.owner, o.commune, o.valid_from,
             max(c.valid_to) filter (where c.kind = 'end') as valid_to
        from account_change c join account_decision d on d.change = c.id and d.outcome = 'approved'
        left join account_change o on o.kind = 'open' and o.bank_account = c.bank_account
             and exists (select from account_decision a where a.change = o.id and a.outcome = 'approved')
       group by 1, 2, 3, 4, 5, 6, 7, 8)`;

/** What the office keeps: grants, official accounts, files, drafts, published campaigns, promises of twins, statements. */
export const OFFICE_INVARIANTS: readonly Invariant[] = [
  {
    name: "grants-by-two",
    counted: `select count(*) as counted from role_grant`,
    offenders: wrongWhere(
      "'grant ' || g.id",
      `role_grant g left join organisation o on o.id = g.organisation`,
      [
        ["o.id is null", `'is held in no organisation: ' || g.organisation`],
        [
          `g.proposed_by <> '${SET_UP}' and (g.decided_by = '${SET_UP}' or g.decided_by in (g.proposed_by, g.person))`,
          `'was decided by ' || g.decided_by || ', who proposed it or holds it'`,
        ],
        [
          `g.proposed_by = '${SET_UP}' and g.role not in (${FIRST})`,
          `'was given by hand: ' || g.role`,
        ],
        [
          `g.proposed_by = '${SET_UP}' and g.decided_by is distinct from '${SET_UP}'`,
          `'was begun by hand and decided by ' || coalesce(g.decided_by, 'nobody')`,
        ],
        [
          "g.state <> case when g.withdrawn_by is not null then 'withdrawn' when g.decided_by is null then 'proposed' else case g.state when 'refused' then 'refused' else 'approved' end end",
          `'is ' || g.state || ', its steps say otherwise'`,
        ],
        [
          "g.version <> 1 + (g.decided_by is not null)::integer + (g.withdrawn_by is not null)::integer",
          `'has version ' || g.version`,
        ],
        [
          "g.decided_at < g.proposed_at or g.withdrawn_at < coalesce(g.decided_at, g.proposed_at)",
          `'has steps in another order'`,
        ],
      ],
    ),
  },
  {
    name: "bank-accounts-by-two",
    counted: `select count(*) as counted from bank_account`,
    offenders: `${wrongWhere(
      "'account ' || coalesce(b.id, a.id)",
      `bank_account b full join ${APPROVED} a on a.id = b.id`,
      [
        ["b.id is null", `'was approved and is not there'`],
        [`a.number is null and ${IS_DEMO}`, "null"],
        ["a.number is null", `'was opened by no approved change'`],
        [
          "(b.holder, b.bank_name, b.bin, b.number, b.owner, b.commune, b.valid_from) is distinct from (a.holder, a.bank_name, a.bin, a.number, a.owner, a.commune, a.valid_from)",
          `'is not as it was approved'`,
        ],
        [
          "b.valid_to is distinct from a.valid_to",
          `'ends on ' || coalesce(b.valid_to::text, 'no day') || ', approved was ' || coalesce(a.valid_to::text, 'no end')`,
        ],
      ],
    )}
      union all
      select 'account change ' || c.id, 'was decided by who proposed it'
        from account_change c join account_decision d on d.change = c.id where d.decided_by = c.proposed_by
      union all
      select 'account change ' || d.change, 'was decided and never proposed'
        from account_decision d where not exists (select from account_change c where c.id = d.change)
      union all
      select 'account change ' || c.id, 'was decided before it was proposed'
        from account_change c join account_decision d on d.change = c.id where d.decided_at < c.proposed_at`,
  },
  {
    name: "files-follow",
    counted: `select count(*) as counted from office_file`,
    offenders: `${wrongWhere(
      "'file ' || coalesce(f.id, s.file)",
      `office_file f
    full join (select file, count(*) as steps, max(n) as last_n, count(*) filter (where step = 'added') as added,
                      (array_agg(step order by n))[1] as first_step, (array_agg(person order by n))[1] as person,
                      (array_agg(at order by n))[1] as at, count(distinct picture) as pictures
                 from file_step group by file) s on s.file = f.id
    left join opening k on k.digest = f.digest
    left join (select file, count(*) as all_, max(n) as last_n, count(distinct (width, height)) as shapes from file_picture group by file) p on p.file = f.id`,
      [
        ["f.id is null", `'has steps and is not on file'`],
        [
          "s.file is null or s.steps <> s.last_n or s.added <> 1 or s.first_step <> 'added'",
          `'lacks a step'`,
        ],
        [
          "(s.person, s.at) is distinct from (f.added_by, f.added_at)",
          `'was added by another or at another time than its first step says'`,
        ],
        ["k.digest is null", `'nothing opens its digest'`],
        ["k.blob is distinct from f.blob", `'its bytes are not those that open its digest'`],
        ["p.last_n <> p.all_ or coalesce(p.all_, 0) < s.pictures", `'lacks a picture'`],
        ["p.all_ > 0 and f.width is null", `'is drawn and has no size'`],
      ],
    )}
      union all
      select 'file ' || s.file, 'is shown with ' || s.tied_kind || ' ' || s.tied_id || ', which is not there'
        from file_step s where s.tied_kind = 'campaign' and not exists (select from campaign c where c.id = s.tied_id)
      union all
      select 'file ' || s.file, 'its step ' || s.n || ' came before the one before it'
        from (select *, lag(at) over (partition by file order by n) as before from file_step) s where s.at < s.before
      union all
      select 'campaign ' || p.campaign, 'shows picture ' || p.file || ', which was never published'
        from campaign_picture p where p.of_update = 0
         and not exists (select from file_step s where s.file = p.file and s.step = 'published')`,
  },
  {
    name: "drafts-follow",
    counted: `select count(*) as counted from campaign_draft`,
    offenders: wrongWhere(
      "'draft ' || coalesce(d.id, s.draft)",
      `campaign_draft d
    full join (select draft, count(*) as steps, max(n) as last_n, (array_agg(step order by n desc))[1] as last_step,
                      (array_agg(step order by n))[1] as first_step, count(*) filter (where step = 'submitted') as rounds,
                      max(at) filter (where step = 'submitted') as submitted_at, min(at) as begun_at,
                      (array_agg(person order by n) filter (where step = 'published'))[1] as publisher,
                      array_agg(distinct person) filter (where step in ('begun', 'submitted')) as drafters,
                      count(*) filter (where step = 'opinion') as opinions
                 from draft_step group by draft) s on s.draft = d.id
    left join (select p.draft, count(*) as all_, count(*) filter (where p.round = d.round) as of_round, max(p.round) as last_round
                 from draft_opinion p join campaign_draft d on d.id = p.draft group by p.draft) o on o.draft = d.id
    left join campaign_version v on v.draft = d.id`,
      [
        ["d.id is null", `'has steps and is not there'`],
        ["s.draft is null or s.steps <> s.last_n or s.first_step <> 'begun'", `'lacks a step'`],
        [
          "d.state <> case s.last_step when 'begun' then 'drafting' when 'opinion' then case when o.of_round = 2 then 'opinions' else 'submitted' end else s.last_step end",
          `'is ' || d.state || ', its last step is ' || s.last_step`,
        ],
        [
          "d.round <> s.rounds or o.last_round > d.round",
          `'was submitted ' || s.rounds || ' times, says ' || d.round`,
        ],
        [
          `d.state in ('submitted', 'opinions', 'published') and d.submitted_on not in (${dayOf("s.submitted_at")}, ${dayOf("s.submitted_at - 60")})`,
          `'was submitted on another day'`,
        ],
        [
          "coalesce(o.all_, 0) <> s.opinions",
          `'has ' || coalesce(o.all_, 0) || ' opinions and ' || s.opinions || ' steps of opinions'`,
        ],
        [
          "abs(d.created_at - s.begun_at) > 60 or d.changed_at < d.created_at",
          `'has other times than its steps'`,
        ],
        [
          "not d.prepared_by::jsonb @> to_jsonb(s.drafters)",
          `'names others who prepared it than its steps'`,
        ],
        ["d.prepared_by::jsonb ? s.publisher", `'was published by who prepared it'`],
        [
          "(d.state = 'published') <> (v.draft is not null)",
          `'is ' || d.state || ' and became no version of a campaign, or otherwise'`,
        ],
        [
          "v.campaign is distinct from d.campaign or d.amends <> d.campaign",
          `'became another campaign'`,
        ],
      ],
    ),
  },
  {
    name: "campaigns-as-published",
    counted: `select count(*) as counted from campaign`,
    offenders: `${wrongWhere(
      "'campaign ' || coalesce(c.id, v.campaign)",
      `campaign c
    full join (select campaign, count(*) as versions, max(version) as last, max(published_on) as last_on,
                      (array_agg(published_on order by version))[1] as first_on, bool_or(later < published_on) as back
                 from (select *, lead(published_on) over (partition by campaign order by version) as later from campaign_version) v
                group by campaign) v on v.campaign = c.id
    left join campaign_version l on l.campaign = c.id and l.version = c.version
    left join (select campaign, count(*) as all_, max(n) as last_n, (array_agg(bank_account order by n desc))[1] as bank_account,
                      bool_or(later < since) as back
                 from (select *, lead(since) over (partition by campaign order by n) as later from campaign_account) a
                group by campaign) a on a.campaign = c.id
    left join bank_account b on b.id = c.bank_account
    left join (select campaign, sum(quantity * unit_price) as goal from need_line group by campaign) n on n.campaign = c.id`,
      [
        ["c.id is null", `'has versions and is not there'`],
        [
          "v.versions is distinct from c.version or v.last <> c.version",
          `'has version ' || c.version || ' and ' || coalesce(v.versions, 0) || ' are kept'`,
        ],
        [
          "l.terms is distinct from campaign_terms_of(c.id)",
          `'says something else than its version ' || c.version`,
        ],
        ["v.first_on <> c.published_on or v.back", `'was published on another day'`],
        [
          "a.last_n is distinct from a.all_ or a.bank_account is distinct from c.bank_account or a.back",
          `'shows another account than is kept for it'`,
        ],
        ["b.id is null", `'shows an account that is not official: ' || c.bank_account`],
        [
          "n.goal is not null and n.goal <> c.goal",
          `'asks for ' || c.goal || ', its lines for ' || n.goal`,
        ],
      ],
    )}
      union all
      select 'campaign ' || a.campaign, 'showed account ' || a.bank_account || ', which is not official'
        from campaign_account a where not exists (select from bank_account b where b.id = a.bank_account)
      union all
      select 'campaign ' || u.campaign, 'has news up to ' || max(u.n) || ' and tells ' || count(*)
        from campaign_update u group by u.campaign having max(u.n) <> count(*)
      union all
      select 'campaign ' || u.campaign, 'its news ' || u.n || ' tells of what is not there'
        from campaign_update u
       where u.entry is not null and not exists (select from entry e where e.number = u.entry)
          or u.animal is not null and not exists (select from animal n where n.code = u.animal)
          or not exists (select from campaign c where c.id = u.campaign)
      union all
      select 'campaign ' || a.campaign, 'has accounts and is not there'
        from campaign_account a where not exists (select from campaign c where c.id = a.campaign)`,
  },
  {
    name: "promises-of-twins",
    counted: `select count(*) as counted from twinning_promise`,
    offenders: wrongWhere(
      "'promise ' || coalesce(p.id, a.promise)",
      `(select *, row_number() over (partition by pair, commune, commune_from, year, model order by version) as follows
        from twinning_promise) p
    full join twinning_answer a on a.promise = p.id
    left join organisation o on o.id = p.organisation`,
      [
        ["p.id is null", `'was answered and never made'`],
        ["p.version <> p.follows", `'does not follow the version before it'`],
        ["p.promised_by = a.answered_by", `'was answered by who made it'`],
        ["a.answered_at < p.promised_at", `'was answered before it was made'`],
        ["o.id is null", `'was made by no organisation: ' || p.organisation`],
        [
          `extract(year from ${dayOf("p.promised_at")}) not between p.year - 1 and p.year`,
          `'is for ' || p.year`,
        ],
      ],
    ),
  },
  {
    name: "progress-as-booked",
    counted: `select count(*) as counted from progress_statement`,
    offenders: `with touching as (
         select f.campaign as giver, t.campaign as taker, m.entry, m.amount, f.kind as from_kind, t.kind as to_kind,
                f.code like 'world:donor:%' as from_donor, t.code like 'world:donor:%' as to_donor
           from movement m join account f on f.id = m.from_account join account t on t.id = m.to_account
          where f.unit = 'VND' and (f.campaign is not null or t.campaign is not null)),
       change as (
         select campaign, entry, sum(received) as received, sum(disbursed) as disbursed, sum(spent) as spent, sum(delivered) as delivered
           from (
             select taker as campaign, entry,
                    case when to_kind <> 'refund' and (from_donor or from_kind = 'suspense' or case when from_kind = 'refund'
                              then giver = taker else giver <> taker end) then amount else 0 end as received,
                    case when to_kind = 'commune' and (from_kind in ('fund', 'clearing', 'suspense') or from_donor) then amount else 0 end as disbursed,
                    case when from_kind = 'commune' and to_kind = 'proc' then amount else 0 end as spent,
                    case when from_kind = 'proc' and to_kind = 'delivered' then amount else 0 end as delivered
               from touching where taker is not null
             union all
             select giver, entry,
                    -case when from_kind <> 'refund' and (to_donor or to_kind = 'suspense' or case when to_kind = 'refund'
                              then taker = giver else taker <> giver end) then amount else 0 end,
                    -case when from_kind = 'commune' and to_kind in ('fund', 'suspense', 'world') then amount else 0 end,
                    -case when from_kind = 'proc' and to_kind = 'commune' then amount else 0 end,
                    -case when from_kind = 'delivered' and to_kind = 'proc' then amount else 0 end
               from touching where giver is not null) c
          group by 1, 2),
       booked as (
         select s.campaign, s.n, coalesce(sum(c.received), 0) as received, coalesce(sum(c.disbursed), 0) as disbursed,
                coalesce(sum(c.spent), 0) as spent, coalesce(sum(c.delivered), 0) as delivered
           from progress_statement s left join change c on c.campaign = s.campaign and c.entry <= s.entry group by 1, 2),
       lives as (
         select s.campaign, s.n, count(*) filter (where l.came and not l.lost) as alive, count(*) filter (where l.came and l.lost) as lost,
                count(*) filter (where l.came and l.dam is not null) as born
           from progress_statement s
           left join lateral (
             select a.dam, bool_or(v.kind in ('handed-over', 'born')) as came, bool_or(v.kind in ('died', 'returned')) as lost
               from animal a join animal_event v on v.animal = a.code and v.entry <= s.entry
              where a.campaign = s.campaign and a.species in ('BO', 'DE') and a.entry <= s.entry
                and not exists (select from entry r where r.reverses in (a.entry, v.entry) and r.number <= s.entry)
              group by a.code, a.dam) l on true
          group by 1, 2)
      ${wrongWhere(
        "'statement ' || s.n || ' of campaign ' || s.campaign",
        `(select s.*, row_number() over (partition by campaign order by n) as follows, lag(filed_on) over (partition by campaign order by n) as before
        from progress_statement s) s
    join booked b on (b.campaign, b.n) = (s.campaign, s.n)
    join lives l on (l.campaign, l.n) = (s.campaign, s.n)
    left join campaign c on c.id = s.campaign
    left join entry e on e.number = s.entry`,
        [
          ["c.id is null", `'is of no campaign'`],
          ["s.n <> s.follows or s.filed_on <= s.before", `'does not follow the one before it'`],
          [
            `s.filed_on <> ${dayOf("s.filed_at")} or s.filed_on < c.starts_on`,
            `'was filed on another day'`,
          ],
          [
            "s.entry > 0 and e.recorded_at is null or e.recorded_at > s.filed_at",
            `'names entry ' || s.entry || ', which was not there'`,
          ],
          [
            "(s.received, s.disbursed, s.spent, s.delivered) is distinct from (b.received, b.disbursed, b.spent, b.delivered)",
            `'states other sums than the books held then: ' || concat_ws('/', b.received, b.disbursed, b.spent, b.delivered)`,
          ],
          [
            "(s.alive, s.lost, s.born) is distinct from (l.alive, l.lost, l.born)",
            `'states other animals than lived then: ' || concat_ws('/', l.alive, l.lost, l.born)`,
          ],
        ],
      )}`,
  },
];
