import { linkedSignal, type Resource, type Signal } from '@angular/core';

/** A resource's newest value, kept while the next one loads, so that a list does not flash when one turns a page. */
export const kept = <T>(resource: Resource<T | undefined>): Signal<T | undefined> =>
  linkedSignal<T | undefined, T | undefined>({
    source: () => (resource.hasValue() ? resource.value() : undefined),
    computation: (value, previous) => value ?? previous?.value,
  });
