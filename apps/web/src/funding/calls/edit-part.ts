import { Directive, input, output } from '@angular/core';
import type { CallField } from '@waymark/contracts';
import type { CallDraft } from './call-draft';

/** A part of the builder: shows the draft and its errors, and says what was changed of it. */
@Directive()
export abstract class EditPart {
  readonly draft = input.required<CallDraft>();
  readonly errors = input.required<ReadonlyMap<string, string>>();
  readonly fixed = input.required<ReadonlySet<CallField>>();
  readonly set = output<Partial<CallDraft>>();
}
