/** A sentence in which one `{{name}}` stands out. */
export function Strong(props: {
  readonly text: string;
  readonly name: string;
  readonly value: string;
}) {
  const [before = "", after = ""] = props.text.split(`{{${props.name}}}`);
  return (
    <>
      {before}
      <strong>{props.value}</strong>
      {after}
    </>
  );
}

/** A sentence in which one `{{name}}` is a link: words stay whole in the locale files. */
export function Linked(props: {
  readonly text: string;
  readonly name: string;
  readonly href: string;
  readonly label: string;
}) {
  const [before = "", after = ""] = props.text.split(`{{${props.name}}}`);
  return (
    <>
      {before}
      <a href={props.href}>{props.label}</a>
      {after}
    </>
  );
}
