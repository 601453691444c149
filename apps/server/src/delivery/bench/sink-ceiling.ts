import { connect } from 'node:net';

const envelope = 'MAIL FROM:<shop@example.com>\r\nRCPT TO:<ceiling@bench.example>\r\nDATA\r\n';

/** Messages a second that the sink takes from bare sockets that say the same message of `bytes` again and again: no sending can be faster. */
export async function sinkCeiling(port: number, bytes: number, messages = 20_000, sockets = 8): Promise<number> {
  const line = `${'x'.repeat(74)}\r\n`;
  const body = `Subject: ceiling\r\n\r\n${line.repeat(Math.ceil(bytes / line.length))}.\r\n`;
  const each = Math.ceil(messages / sockets);
  const started = performance.now();
  await Promise.all(Array.from({ length: sockets }, () => blast(port, Buffer.from(envelope + body), each)));
  return (each * sockets * 1000) / (performance.now() - started);
}

function blast(port: number, message: Buffer, times: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('EHLO ceiling\r\n'));
    const atOnce = 8;
    let written = 0;
    let taken = 0;
    socket.setEncoding('latin1');
    socket.on('data', (replies: string) => {
      taken += replies.split('taken').length - 1;
      if (taken >= times) {
        socket.destroy();
        return resolve();
      }
      for (; written < Math.min(times, taken + atOnce); written++) socket.write(message);
    });
    socket.on('error', reject);
  });
}
