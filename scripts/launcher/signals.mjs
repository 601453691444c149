const lookForParentMs = 500;

/**
 * Ends this launcher in order on Ctrl-C, SIGTERM, SIGHUP, and when npm, which started it, was killed and could pass no
 * signal on. A signal that comes before there is anything to stop ends it at once, with the tools that it runs.
 */
export function stopOnSignals(say) {
  let stop;
  let leaving = false;
  const leave = async (code) => {
    if (leaving) return;
    leaving = true;
    await stop?.();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!leaving && stop) say('\nStopping ...');
      leave(0);
    });
  }
  // A terminal or a pipe that is gone must not keep us from stopping the rest in order.
  process.stdout.on('error', () => leave(0));
  process.stderr.on('error', () => leave(0));
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid === parent || leave(0), lookForParentMs).unref();
  }
  return {
    whenStopping(work) {
      stop = work;
    },
    giveUp(reason) {
      console.error(`\n${reason}\n`);
      leave(1);
    },
  };
}
