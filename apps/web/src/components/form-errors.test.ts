import { signInSchema } from '@mini-crm/domain';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { formErrors } from './form-errors.ts';

it('says our words at the field that the schema refuses', () => {
  const values = { email: 'ann', password: 'x' };
  expect(formErrors(signInSchema, values, { email: 'Enter an e-mail address' })).toEqual({
    email: 'Enter an e-mail address',
  });
});

it('has nothing to say about values that fit', () => {
  expect(formErrors(signInSchema, { email: 'ann@example.com', password: 'x' }, {})).toEqual({});
});

it('names a nested field by its path', () => {
  const schema = z.object({ sender: z.object({ name: z.string().min(1) }) });
  expect(formErrors(schema, { sender: { name: '' } }, { sender: 'Enter a name' })).toEqual({
    'sender.name': 'Enter a name',
  });
});
