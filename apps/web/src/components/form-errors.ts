import type { z } from 'zod';

/** What to say about a field that its schema refuses: "Enter an e-mail address". */
export type FieldWords<Values> = { readonly [Field in keyof Values]?: string };

/**
 * Checks a form's values with the schema that the server uses, and says what is wrong in our own words (a schema's messages are for
 * programs). For `useForm({ validate: (values) => formErrors(schema, values, words) })`.
 */
export function formErrors<Values extends object>(
  schema: z.ZodType,
  values: Values,
  words: FieldWords<Values>,
): Partial<Record<string, string>> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return {};
  const errors: Record<string, string> = {};
  for (const { path } of parsed.error.issues) {
    const field = path.join('.');
    errors[field] ??= words[path[0] as keyof Values] ?? 'This is not valid.';
  }
  return errors;
}
