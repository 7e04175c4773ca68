/** A commune as drawn, with the number by which the list beside the map names it. */
export interface MapCommune {
  readonly code: string;
  readonly fullName: string;
  readonly n: number;
  readonly path: string;
  readonly label: readonly [number, number];
  readonly href: string;
  /** It has had a campaign. */
  readonly active: boolean;
}

/** Today's communes by number; darker where there has been a campaign. Each leads to its page. */
export function CommuneMap(props: {
  communes: readonly MapCommune[];
  width: number;
  height: number;
  title: string;
}) {
  return (
    <svg
      className="commune-map"
      viewBox={`-4 -4 ${props.width + 8} ${props.height + 8}`}
      role="group"
      aria-label={props.title}
    >
      {props.communes.map(({ code, href, fullName, n, path, active }) => (
        <a key={code} href={href} aria-label={`${n}. ${fullName}`}>
          <path className={active ? "m3" : "m1"} fill={active ? "#8fb07a" : "#dfe6d2"} d={path} />
        </a>
      ))}
      {props.communes.map(({ code, n, label, active }) => (
        <text
          key={code}
          className={active ? "on" : undefined}
          aria-hidden="true"
          pointerEvents="none"
          x={label[0]}
          y={label[1] + 5}
        >
          {n}
        </text>
      ))}
    </svg>
  );
}
