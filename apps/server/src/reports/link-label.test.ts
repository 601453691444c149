import { expect, test } from 'vitest';
import { linkLabels } from './link-label.ts';

test('finds the words of each numbered link, the first where there are several', () => {
  const html = `
    <a style="x" href="{{ links[0] }}" target="_blank"><b>Order</b>&nbsp;now &amp; save &#183; 20&#x25;</a>
    <a href="{{ links[1] }}"><img src="a.png" alt="The new roast" width="1"></a>
    <a href="{{ links[0] }}">Again</a>
    <a href="{{ links[2] }}"> </a>
    <a href="{{ unsubscribeUrl }}">Leave</a>`;
  expect([...linkLabels(html)]).toEqual([
    [0, 'Order now & save · 20%'],
    [1, 'The new roast'],
  ]);
});
