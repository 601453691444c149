import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type SmtpLedger, startSmtp } from './smtp-ledger.ts';

let smtp: SmtpLedger;
beforeAll(async () => {
  smtp = await startSmtp();
});
afterAll(() => smtp.stop());
beforeEach(() => {
  smtp.acceptAll();
  smtp.clear();
});

async function send(to: string, subject = 'Hello'): Promise<void> {
  const transport = createTransport(smtp.url);
  try {
    const html = `<p>Zoë, ${'long '.repeat(40)}<a href="https://shop.example/?a=1&amp;b=2">go</a></p>`;
    await transport.sendMail({ from: 'Shop <shop@example.com>', to, subject, text: 'Zoë 🎉\nsecond line', html });
  } finally {
    transport.close();
  }
}

test('writes down each accepted message as its reader sees it', async () => {
  await send('ann@example.com', 'Grüße 🎉 an alle, die heute hier sind und noch ein wenig länger bleiben');
  const mail = await smtp.waitFor('ann@example.com');
  expect(mail.sender).toBe('shop@example.com');
  expect(mail.message.headers.get('subject')).toEqual([
    'Grüße 🎉 an alle, die heute hier sind und noch ein wenig länger bleiben',
  ]);
  expect(mail.message.text.replaceAll('\r\n', '\n').trim()).toBe('Zoë 🎉\nsecond line');
  expect(mail.message.html).toContain('<a href="https://shop.example/?a=1&amp;b=2">go</a>');
});

test('answers as it was told, so often as it was told, and writes the refusal down', async () => {
  smtp.answer({ recipient: /^busy@/, stage: 'rcpt', code: 451, times: 1 });
  smtp.answer({ recipient: /^gone@/, stage: 'data', code: 550 });
  await expect(send('busy@example.com')).rejects.toMatchObject({ responseCode: 451 });
  await send('busy@example.com');
  await expect(send('gone@example.com')).rejects.toMatchObject({ responseCode: 550 });
  expect(smtp.accepted.map((mail) => mail.recipient)).toEqual(['busy@example.com']);
  expect(smtp.refused).toEqual([
    { recipient: 'busy@example.com', code: 451, stage: 'rcpt' },
    { recipient: 'gone@example.com', code: 550, stage: 'data' },
  ]);
});
