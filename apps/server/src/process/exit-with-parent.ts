/** How often the parent is looked for: short enough that nothing is left when a terminal closes. */
const everyMs = 500;

/**
 * Calls `leave` once when the launcher that started this process is gone, even if it was killed and could send no
 * signal. Does nothing in a process that no launcher started (MINI_CRM_PARENT is not set).
 */
export function exitWithParent(leave: () => void, env: NodeJS.ProcessEnv = process.env): void {
  if (!env.MINI_CRM_PARENT) return;
  const parent = Number(env.MINI_CRM_PARENT);
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    leave();
  }, everyMs);
  timer.unref();
}
