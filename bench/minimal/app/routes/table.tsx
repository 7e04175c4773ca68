import { useLoaderData } from "react-router";

export function loader() {
  return Array.from({ length: 300 }, (_, n) => ({
    n,
    name: `Entry number ${n}`,
    amount: n * 50_000,
  }));
}

/** A page of 300 rows. */
export default function Table() {
  const rows = useLoaderData<typeof loader>();
  return (
    <table>
      <tbody>
        {rows.map(({ n, name, amount }) => (
          <tr key={n}>
            <td>{n}</td>
            <td>
              <a href={`/entry/${n}`}>{name}</a>
            </td>
            <td>{amount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
