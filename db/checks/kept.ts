/** What a line of the trail says of a row. */
interface Told {
  readonly kind: string;
  readonly subject: string;
  /** Null: whichever act is about it. */
  readonly act: string;
  /** `*`: whoever the line says. */
  readonly person: string;
  readonly organisation?: string;
  readonly role?: string;
  /** UTC seconds. */
  readonly at?: string;
  /** Facts that the line says. */
  readonly said: Readonly<Record<string, string>>;
  /** Facts that it says where they are not null. */
  readonly also?: Readonly<Record<string, string>>;
}

/** What a row of a table has to be told by: a line about `(kind, subject)` by `person` that says at least `said`. */
export const kept = (from: string, line: Told) => {
  const object = (facts: Readonly<Record<string, string>>) =>
    `jsonb_build_object(${Object.entries(facts)
      .map(([name, value]) => `'${name}', ${value}`)
      .join(", ")})`;
  const { kind, subject, act, person, organisation = "null", role = "null", at = "null" } = line;
  const also = line.also === undefined ? "" : ` || jsonb_strip_nulls(${object(line.also)})`;
  return `select '${kind}' as kind, ${subject}::text as subject, ${act}::text as act, ${person}::text as person,
           ${organisation}::text as organisation, ${role}::text as role, ${at}::bigint as at, ${object(line.said)}${also} as said
      from ${from}`;
};
