/** Texts by their bytes, each with a number: the first is 0, the next 1. Takes a third of what a map of strings does, and makes none to look one up. */
export interface ByteDictionary {
  /** The number of the text that stands between two places of `source`; -1 where it is not there. */
  find(source: Uint8Array, start: number, end: number): number;
  /** Takes in a text that is not there yet and answers its number. */
  add(source: Uint8Array, start: number, end: number): number;
  size(): number;
  clear(): void;
}

const leastSlots = 1 << 10;

export function byteDictionary(): ByteDictionary {
  /** Open addressing: the number of a text and one more, 0 where a slot is free. */
  let slots = new Int32Array(leastSlots);
  let hashes = new Int32Array(leastSlots / 2);
  /** Where each text begins in `bytes`, and where the last one ends. */
  let starts = new Uint32Array(leastSlots / 2 + 1);
  let bytes = new Uint8Array(leastSlots * 8);
  let size = 0;

  function holds(number: number, source: Uint8Array, start: number, end: number): boolean {
    const from = starts[number] as number;
    if ((starts[number + 1] as number) - from !== end - start) return false;
    for (let i = start, j = from; i < end; i++, j++) if (source[i] !== bytes[j]) return false;
    return true;
  }

  /** Makes room for one more text of so many bytes. */
  function grow(length: number): void {
    const used = starts[size] as number;
    if (used + length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 1.5, used + length));
      larger.set(bytes.subarray(0, used));
      bytes = larger;
    }
    if (size + 1 < hashes.length) return;
    const known = hashes;
    hashes = new Int32Array(known.length * 2);
    hashes.set(known);
    const places = starts;
    starts = new Uint32Array(hashes.length + 1);
    starts.set(places);
    slots = new Int32Array(hashes.length * 2);
    for (let number = 0; number < size; number++) slots[freeSlot(hashes[number] as number)] = number + 1;
  }

  function freeSlot(hash: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  return {
    find(source, start, end) {
      const hash = hashOf(source, start, end);
      const mask = slots.length - 1;
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const number = (slots[slot] as number) - 1;
        if (number < 0) return -1;
        if (hashes[number] === hash && holds(number, source, start, end)) return number;
      }
    },
    add(source, start, end) {
      grow(end - start);
      const from = starts[size] as number;
      for (let i = start, j = from; i < end; i++, j++) bytes[j] = source[i] as number;
      starts[size + 1] = from + end - start;
      const hash = hashOf(source, start, end);
      hashes[size] = hash;
      slots[freeSlot(hash)] = size + 1;
      size++;
      return size - 1;
    },
    size: () => size,
    clear() {
      slots = new Int32Array(leastSlots);
      hashes = new Int32Array(leastSlots / 2);
      starts = new Uint32Array(leastSlots / 2 + 1);
      bytes = new Uint8Array(leastSlots * 8);
      size = 0;
    },
  };
}

/** FNV-1a, its bits mixed once more, because ids that follow each other differ in their last byte only. */
function hashOf(source: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (source[i] as number), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
