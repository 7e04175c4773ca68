import { own } from "#app/domain/kernel/own.ts";
import type { RouterContextProvider } from "react-router";

import { type Door, DOORS } from "#app/domain/people/doors.ts";
import { may } from "#app/domain/people/may.ts";
import type { Role } from "#app/domain/people/role.ts";
import { type MenuPage, OFFICE_MENU } from "#app/i18n/office-paths.ts";

import { servicesContext } from "./services.ts";
import { visitorContext } from "./visitor.ts";

/** Who is signed in, as the frame of the office shows it. */
export interface OfficeVisitor {
  readonly name: string;
  readonly roles: readonly {
    readonly role: Role;
    readonly organisation: { readonly vi: string; readonly en: string };
  }[];
  /** Pages of the menu that this person may open. */
  readonly menu: readonly MenuPage[];
}

/** Who looks at the office; undefined when nobody is signed in, or not wholly. */
export async function officeVisitor(
  context: Readonly<RouterContextProvider>,
): Promise<OfficeVisitor | undefined> {
  const { person } = await context.get(visitorContext)();
  // A password alone tells nobody whose it is, nor what they hold.
  if (!person?.secondFactor) return undefined;
  const { people } = context.get(servicesContext);
  const roles = await Promise.all(
    person.grants.map(async ({ role, organisation }) => {
      const held = await people.organisation(organisation);
      return { role, organisation: { vi: held?.nameVi ?? "", en: held?.nameEn ?? "" } };
    }),
  );
  const doors: Readonly<Partial<Record<string, Door>>> = DOORS;
  const menu = OFFICE_MENU.flatMap(([, pages]) => pages).filter((page) => {
    const door = own(doors, page);
    return door !== undefined && may(person, door.read).ok;
  });
  return { name: person.name, roles, menu };
}
