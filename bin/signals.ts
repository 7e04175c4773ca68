/** Wait for SIGTERM or SIGINT; a second one ends the process at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const told = () => {
      for (const signal of SIGNALS) {
        process.removeListener(signal, told);
        process.once(signal, () => process.exit(1));
      }
      resolve();
    };
    for (const signal of SIGNALS) process.once(signal, told);
  });
}

const SIGNALS = ["SIGTERM", "SIGINT"] as const;
