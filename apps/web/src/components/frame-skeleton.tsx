import { Skeleton } from '@mantine/core';
import classes from './app-frame.module.css';
import { LoadingPage } from './loading-page.tsx';

/** The frame before it is known who one is: the same lines in the same places, so that nothing shifts. */
export function FrameSkeleton() {
  return (
    <div className={classes.frame}>
      <div className={classes.rail}>
        <Skeleton width={28} height={28} m={8} radius="md" />
      </div>
      <div className={classes.main}>
        <div className={classes.top}>
          <Skeleton width={96} height={12} />
        </div>
        <main className={classes.content}>
          <LoadingPage />
        </main>
      </div>
    </div>
  );
}
