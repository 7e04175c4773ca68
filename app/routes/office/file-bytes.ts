import { data } from "react-router";

import { isPicture, MEDIA_TYPES } from "#app/domain/files/file-rules.ts";
import { PICTURE_TYPE } from "#app/domain/files/keep-picture.ts";
import { subjectOf } from "#app/domain/files/office-file.ts";
import { SAFE_FILE } from "#app/requests/safe-file.ts";
import { servicesContext } from "#app/requests/services.ts";
import { officeDoor } from "#app/requests/visitor.ts";
import type { Route } from "./+types/file-bytes";

/**
 * The bytes of a file: the original as a download; with `?ban=anh` or `?ban=nho` the picture as drawn anew, large or small,
 * for the pages of the office.
 */
export async function loader({ context, params, request }: Route.LoaderArgs) {
  await officeDoor(context, "file.read");
  const { reading, store } = context.get(servicesContext).files;
  const history = await reading.history(params.file);
  if (!history) throw data({ code: "file.not-found" }, { status: 404 });
  await officeDoor(context, "file.read", subjectOf(history.file.subject));

  const { file } = history;
  const asked = new URL(request.url).searchParams.get("ban");
  const picture = isPicture(file.format) ? history.pictures.at(-1) : undefined;
  if (picture && (asked === "anh" || asked === "nho")) {
    const blob = await store.get(asked === "anh" ? picture.blob : picture.smallBlob);
    if (!blob) throw data({ code: "file.gone" }, { status: 410 });
    return new Response(blob.stream(), {
      headers: {
        ...SAFE_FILE,
        "content-type": PICTURE_TYPE,
        "content-length": String(blob.size),
        "content-disposition": "inline",
      },
    });
  }
  const blob = await store.get(file.blob);
  if (!blob) throw data({ code: "file.gone" }, { status: 410 });
  return new Response(blob.stream(), {
    headers: {
      ...SAFE_FILE,
      "content-type": MEDIA_TYPES[file.format],
      "content-length": String(blob.size),
      "content-disposition": `attachment; filename="${file.id}.${file.format}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    },
  });
}
