/** Ids sorted by code unit; `order[rank]` is the listed position, `rank[listed]` its inverse. */
export interface CanonicalOrder {
  readonly ids: readonly string[];
  readonly order: Int32Array;
  readonly rank: Int32Array;
  /** The first entry in listing order that repeats an earlier id, and that earlier entry. */
  readonly repeated?: { readonly index: number; readonly firstIndex: number };
}

/** The order in which the engine works, whatever the listing. O(ids log ids), or O(ids) if they are sorted already. */
export function canonicalOrder(listedIds: readonly string[]): CanonicalOrder {
  const positions = Int32Array.from(listedIds, (_, at) => at);
  const isSorted = listedIds.every((id, at) => at === 0 || listedIds[at - 1]! < id);
  if (isSorted) return { ids: listedIds, order: positions, rank: positions };
  const order = positions.sort((a, b) => {
    const first = listedIds[a]!;
    const second = listedIds[b]!;
    return first < second ? -1 : first > second ? 1 : a - b;
  });
  const rank = new Int32Array(order.length);
  let repeated: { index: number; firstIndex: number } | undefined;
  for (let at = 0; at < order.length; at++) {
    const index = order[at]!;
    rank[index] = at;
    const firstIndex = at > 0 ? order[at - 1]! : -1;
    if (firstIndex >= 0 && listedIds[firstIndex] === listedIds[index] && (!repeated || index < repeated.index)) {
      repeated = { index, firstIndex };
    }
  }
  const ids = Array.from(order, (listed) => listedIds[listed]!);
  return repeated ? { ids, order, rank, repeated } : { ids, order, rank };
}
