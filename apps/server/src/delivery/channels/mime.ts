import MailComposer from 'nodemailer/lib/mail-composer';
import type { ChannelMessage } from './channel.ts';

/** The bytes of a message: multipart/alternative of text and HTML. Files and URLs in it are never read. */
export function buildMime(message: ChannelMessage, date: Date): Promise<Buffer> {
  const { from, replyTo, to, subject, text, html, headers, id } = message;
  const node = new MailComposer({
    from,
    to: { name: '', address: to },
    ...(replyTo ? { replyTo: { name: '', address: replyTo } } : {}),
    subject,
    text,
    html,
    headers: { ...headers },
    messageId: `<${id}>`,
    date,
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  }).compile();
  return new Promise((resolve, reject) => {
    node.build((error, bytes) => (error || !bytes ? reject(error ?? new Error('empty message')) : resolve(bytes)));
  });
}
