import { notifications } from '@mantine/notifications';
import { errorWords } from './error-words.ts';
import { readError } from './read-error.ts';

/** Says in the corner that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', autoClose: 4000 });
}

/** Says in the corner that something was refused or failed, in words. */
export function notifyError(error: unknown): void {
  const read = readError(error);
  const { title, text } = errorWords(read);
  notifications.show({
    title,
    message: read.id && read.code === 'unexpected' ? `${text} Error id ${read.id}.` : text,
    color: 'red',
    autoClose: 10_000,
  });
}
