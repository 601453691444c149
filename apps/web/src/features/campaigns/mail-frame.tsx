import { useElementSize } from '@mantine/hooks';
import classes from './mail-frame.module.css';

interface MailFrameProps {
  readonly html: string;
  /** Width of the mail program's window; shrunk to fit where there is less room. */
  readonly width: number;
  readonly height?: number;
  readonly title?: string;
}

/** A mail in a frame of its own: no script runs in it, nothing in it reaches the app, and its links lead nowhere. */
export function MailFrame({ html, width, height = 498, title = 'Message' }: MailFrameProps) {
  const { ref, width: room } = useElementSize();
  const scale = room > 0 ? Math.min(1, room / width) : 1;
  return (
    <div ref={ref} className={classes.room} style={{ height }}>
      <iframe
        title={title}
        sandbox=""
        srcDoc={html.replace(/<head\b[^>]*>/i, (head) => `${head}<base target="_blank">`)}
        className={classes.frame}
        style={{
          width,
          height: height / scale,
          transform: `scale(${scale})`,
          left: Math.max(0, (room - width * scale) / 2),
        }}
      />
    </div>
  );
}
