/** A field with what is wrong with it. */
export interface FieldProblem {
  /** Id of the field to go to; null for what concerns the whole form. */
  readonly id: string | null;
  readonly text: string;
}

/** What is wrong, above the form, each line leading to its field. */
export function ErrorSummary(props: { title: string; problems: readonly FieldProblem[] }) {
  if (props.problems.length === 0) return null;
  return (
    <div className="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1}>
      <h2 id="error-summary-title">{props.title}</h2>
      <ul>
        {props.problems.map(({ id, text }) => (
          <li key={text}>{id === null ? text : <a href={`#${id}`}>{text}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
