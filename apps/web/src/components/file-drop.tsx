import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { IconFileUpload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './file-drop.module.css';

interface FileDropProps {
  /** "Drop a CSV file here, or choose one" */
  readonly title: string;
  readonly hint?: ReactNode;
  readonly onFile: (file: File) => void;
  /** A file that was not taken: too large, or of another kind. */
  readonly onRefuse?: (rejections: FileRejection[]) => void;
  /** MIME types or extensions, as the file chooser understands them; any file when left out. */
  readonly accept?: Record<string, string[]>;
  readonly maxSize?: number;
  readonly loading?: boolean;
}

/** A place to drop one file or to choose it by click or keyboard. */
export function FileDrop({ title, hint, onFile, onRefuse, accept, maxSize, loading = false }: FileDropProps) {
  return (
    <Dropzone
      unstyled
      classNames={{ root: classes.drop ?? '', inner: classes.inner ?? '' }}
      multiple={false}
      loading={loading}
      onDrop={([file]) => file && onFile(file)}
      {...(onRefuse ? { onReject: onRefuse } : {})}
      {...(accept ? { accept } : {})}
      {...(maxSize ? { maxSize } : {})}
      inputProps={{ 'aria-label': title }}
    >
      <IconFileUpload className={classes.icon ?? ''} size={28} stroke={1.5} aria-hidden />
      <span className={classes.title}>{title}</span>
      {hint !== undefined && <span className={classes.hint}>{hint}</span>}
    </Dropzone>
  );
}
