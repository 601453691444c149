import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { errorWords } from './error-words.ts';
import { readError } from './read-error.ts';

/** A refusal above a form's buttons; nothing where there is no error. */
export function ErrorNotice({ error }: { readonly error: unknown }) {
  if (error === null || error === undefined) return null;
  const read = readError(error);
  const words = errorWords(read);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle size={18} stroke={1.7} />} title={words.title}>
      {words.text}
      {read.id && read.code === 'unexpected' && ` Error id ${read.id}.`}
    </Alert>
  );
}
