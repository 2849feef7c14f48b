/**
 * Everybody who would be in a cycle of managers, one list a cycle, each from one member on in the order of who is managed
 * by whom. `managerOf` names at most one for each.
 */
export const cyclesOf = (people: Iterable<string>, managerOf: (person: string) => string | null): string[][] => {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of people) {
    const path: string[] = [];
    const at = new Map<string, number>();
    let person: string | null = start;
    while (person !== null && !done.has(person)) {
      const seen = at.get(person);
      if (seen !== undefined) {
        cycles.push(path.slice(seen));
        break;
      }
      at.set(person, path.length);
      path.push(person);
      person = managerOf(person);
    }
    for (const each of path) done.add(each);
  }
  return cycles;
};
