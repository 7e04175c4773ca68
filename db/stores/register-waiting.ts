import type { Day } from "#app/domain/kernel/calendar.ts";
import type { Matter } from "#app/domain/people/waiting.ts";

import type { Db } from "../client.ts";

/** What of the register waits: requests of households about their data, by their clocks, and matches, by commune. */
export async function registerMatters(db: Db): Promise<Matter[]> {
  return [...(await requests(db)), ...(await matches(db))];
}

interface PlaceRow {
  communes: string[];
  district: string | null;
  commune_name: string | null;
}

const PLACE = `array(select l.code from place_line(h.commune, h.commune_from) l order by l.step) as communes,
  (select l.full_name from place_line(h.commune, h.commune_from) l order by l.step desc limit 1) as commune_name,
  (select p.district2024 from place p where p.code = h.commune and p.valid_from = h.commune_from) as district`;

interface RequestRow extends PlaceRow {
  household: string;
  village: string;
  kind: string;
  answer_by: Day;
  act_by: Day;
  answered: boolean;
  noted_by: string;
  noted_at: bigint;
}

async function requests(db: Db): Promise<Matter[]> {
  const rows = await db.rows<RequestRow>(
    `select q.household, h.village, q.kind, q.answer_by::text as answer_by, q.act_by::text as act_by,
            q.answered_on is not null as answered, q.noted_by, q.noted_at, ${PLACE}
       from household_request q join register_household h on h.id = q.household
      where q.done_on is null order by q.act_by, q.id`,
  );
  return rows.flatMap((row): Matter[] => {
    const about = [row.village, row.commune_name ?? ""].filter(Boolean).join(", ");
    const matter = {
      id: row.household,
      title: { vi: about, en: about },
      amount: null,
      since: Number(row.noted_at),
    };
    const subject = subjectOf(row);
    const answer: Matter[] = row.answered
      ? []
      : [
          {
            ...matter,
            kind: "request-answer",
            acts: ["register.keep"],
            subject,
            dueOn: row.answer_by,
          },
        ];
    const erases = row.kind === "erase";
    return [
      ...answer,
      {
        ...matter,
        kind: erases ? "request-erase" : "request-act",
        acts: [erases ? "register.erase" : "register.keep"],
        subject: erases ? { ...subject, preparedBy: [row.noted_by] } : subject,
        dueOn: row.act_by,
      },
    ];
  });
}

interface MatchRow extends PlaceRow {
  commune: string;
  found: bigint;
  since: bigint;
}

/** One matter a commune: a list that was read in may bring hundreds. */
async function matches(db: Db): Promise<Matter[]> {
  const rows = await db.rows<MatchRow>(
    `select h.commune, h.found, h.since, ${PLACE}
       from (select n.commune, n.commune_from, count(*) as found, coalesce(min(d.proposed_at), 0) as since
               from duplicate_check d join register_household n on n.id = d.other
              where d.decision is null group by n.commune, n.commune_from) h
      order by h.since`,
  );
  return rows.map((row) => {
    const about = `${row.commune_name ?? row.commune} (${row.found})`;
    return {
      kind: "duplicate-judge",
      acts: ["register.judge"],
      subject: subjectOf(row),
      id: row.commune,
      title: { vi: about, en: about },
      amount: null,
      since: Number(row.since),
      dueOn: null,
    };
  });
}

function subjectOf({ communes, district }: PlaceRow) {
  return { communes, ...(district === null ? {} : { district }) };
}
