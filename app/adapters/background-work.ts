import type { BackgroundWork } from "#app/domain/register/background.ts";

/** Work of this process that outlives the request that began it; a restart ends it, and what was done of it stands. */
export function backgroundWork(making: { onTrouble(error: unknown): void }): BackgroundWork {
  const running = new Map<string, Promise<void>>();
  return {
    run(id, work) {
      if (running.has(id)) return;
      const ended = work()
        .catch(making.onTrouble)
        .finally(() => running.delete(id));
      running.set(id, ended);
    },
    runs: (id) => running.has(id),
    async settled(id, most) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, most);
      });
      await Promise.race([running.get(id), soon]);
      clearTimeout(timer);
    },
  };
}
