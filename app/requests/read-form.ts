import { data } from "react-router";

/** The fields of a sent form; what is no form is answered 400, never an error of ours. */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw data({ code: "form.broken" }, { status: 400 });
  }
}

/** A field's text without NUL signs, which no database keeps, cut at `most` signs; empty when it is missing or a file. */
export function fieldOf(form: FormData, name: string, most?: number): string {
  const value = form.get(name);
  return typeof value === "string" ? value.replaceAll("\0", "").slice(0, most) : "";
}
