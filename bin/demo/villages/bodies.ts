import type { Writing } from "#app/domain/acts/act.ts";
import { must } from "#app/domain/kernel/result.ts";
import type { Seconds } from "#app/domain/kernel/calendar.ts";
import type { OfficeStores } from "#app/domain/office-stores.ts";
import { keepOrganisation } from "#app/domain/people/keep-organisation.ts";
import type { Person } from "#app/domain/people/may.ts";
import type { Unit } from "#app/domain/places/unit.ts";
import { MERGER } from "#db/seeds/places.ts";

/** A body beside a commune's People's Committee. */
interface Body {
  readonly id: string;
  readonly kind: "front" | "union";
  readonly nameVi: string;
  readonly nameEn: string;
}

type Commune = Pick<Unit, "code" | "name" | "validFrom" | "validTo">;

/** The Fatherland Front of a commune, in the period of that commune. */
export function frontOf({ code, name, validFrom }: Commune): Body {
  return {
    id: `mat-tran-${code}-${periodOf(validFrom)}`,
    kind: "front",
    nameVi: `Ủy ban Mặt trận Tổ quốc Việt Nam xã ${name}`,
    nameEn: `Fatherland Front of ${name} commune`,
  };
}

/** Its Women's Union. */
export function unionOf({ code, name, validFrom }: Commune): Body {
  return {
    id: `hoi-phu-nu-${code}-${periodOf(validFrom)}`,
    kind: "union",
    nameVi: `Hội Liên hiệp Phụ nữ xã ${name}`,
    nameEn: `Women's Union of ${name} commune`,
  };
}

function periodOf(validFrom: string): string {
  return validFrom < MERGER ? "2021" : "2025";
}

/** Add a body where it is not there yet. */
export async function keepBody(
  { official, now }: { readonly official: Writing<OfficeStores>; now(): Seconds },
  administrator: Person,
  { code, validFrom, validTo }: Commune,
  body: Body,
): Promise<void> {
  const there = await official.write(({ people }) => people.organisation(body.id));
  if (there) return;
  const wish = {
    ...body,
    place: code,
    validFrom,
    validTo: validTo ?? "",
    successor: "",
    version: 0,
  };
  must(await keepOrganisation({ official, now }, administrator, wish));
}
