import { Component, computed, inject, input, model, signal, viewChild } from '@angular/core';
import { type FilePurpose, type FileView, fileBytesMost } from '@waymark/contracts';
import { Icon, Progress } from '@waymark/ui';
import { type Problem, problemFrom } from '../problem';
import { Trouble } from '../trouble';
import { FileViewer } from './file-viewer';
import { sizeWords } from './file-words';
import { Picture } from './picture';
import { refusalOfFile, UploadFile, UploadStopped } from './upload-file';

const megabytes = Math.floor(fileBytesMost / 1024 / 1024);

interface Failed {
  name: string;
  problem: Problem;
  /** To be sent again: what stood in the way may have been the connection. */
  file: File | null;
}

/**
 * Hands in files as they are chosen, or photographed on a phone: how far each is, what stood in its way beside its name, small
 * pictures of those that are there. What is attached to nothing in the end is let go of after seven days.
 */
@Component({
  selector: 'wm-file-picker',
  imports: [FileViewer, Icon, Picture, Progress, Trouble],
  template: `
    <div class="stack-2">
      @if (files().length) {
        <ul class="shots" [attr.aria-label]="label()">
          @for (file of files(); track file.id; let at = $index) {
            <li>
              <button type="button" class="look" [attr.aria-label]="words.look(file.name)" (click)="viewer().open(at)">
                <wm-picture [file]="file" [address]="base() + '/' + file.id" alt="" />
              </button>
              <span class="name small"
                >{{ file.name }} <span class="quiet num">{{ size(file.sizeBytes) }}</span></span
              >
              @if (!fixed()) {
                <button type="button" class="icn" [attr.aria-label]="words.takeOut(file.name)" (click)="takeOut(file)">
                  <wm-icon name="trash" />
                </button>
              }
            </li>
          }
        </ul>
      }
      @if (sending(); as now) {
        <wm-progress [percent]="now.percent" [label]="words.sending(now.name)" />
        <div><button type="button" class="btn btn--text btn--sm" (click)="now.stop.abort()" i18n>Stop</button></div>
      }
      @for (each of failed(); track each) {
        <div class="failed">
          <p class="small med">{{ each.name }}</p>
          <wm-trouble [error]="each.problem" compact />
          <div class="row">
            @if (each.file) {
              <button type="button" class="btn btn--line btn--sm" (click)="again(each)" i18n>Try again</button>
            }
            <button type="button" class="btn btn--text btn--sm" (click)="forget(each)" i18n>Leave it out</button>
          </div>
        </div>
      }
      @if (!fixed() && files().length < most()) {
        <div class="row">
          <input
            #camera
            class="vh camera"
            type="file"
            [id]="controlId() + '-camera'"
            accept="image/*"
            capture="environment"
            [disabled]="sending() !== null"
            (change)="take(camera)"
          />
          <label class="btn btn--line btn--sm camera" [attr.for]="controlId() + '-camera'">
            <wm-icon name="eye" /><ng-container i18n>Take a photograph</ng-container>
          </label>
          <input
            #box
            class="vh"
            type="file"
            multiple
            [id]="controlId()"
            accept="application/pdf,image/png,image/jpeg,image/webp"
            [attr.aria-describedby]="controlId() + '-hint'"
            [disabled]="sending() !== null"
            (change)="take(box)"
          />
          <label class="btn btn--line btn--sm" [attr.for]="controlId()"> <wm-icon name="upload" />{{ label() }} </label>
        </div>
      }
      @if (!fixed()) {
        <p class="hint" [id]="controlId() + '-hint'" i18n>Pictures or PDF, up to {{ megabytes }} MB each.</p>
      }
    </div>
    <wm-file-viewer [files]="files()" [base]="base()" />
  `,
  styles: `
    .shots {
      display: grid;
      gap: var(--wm-2);
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 56px minmax(0, 1fr) auto;
      gap: var(--wm-2);
      align-items: center;
    }
    .look {
      width: 56px;
      height: 56px;
      padding: 0;
      border: 1px solid var(--wm-line-strong);
      border-radius: var(--wm-r-2);
      background: none;
      cursor: zoom-in;
    }
    .look wm-picture {
      width: 100%;
      height: 100%;
    }
    .name {
      overflow-wrap: anywhere;
    }
    .failed {
      padding: var(--wm-2) var(--wm-3);
      border-left: 3px solid var(--wm-bad);
    }
    input:focus-visible + label {
      outline: 3px solid var(--wm-focus-out);
      outline-offset: 2px;
    }
    input:disabled + label {
      opacity: 0.6;
    }
    /* A camera is at hand where fingers are. */
    @media (pointer: fine) {
      .camera {
        display: none;
      }
    }
  `,
})
export class FilePicker {
  readonly purpose = input.required<FilePurpose>();
  readonly controlId = input.required<string>();
  readonly files = model.required<readonly FileView[]>();
  readonly label = input($localize`Choose files`);
  readonly most = input(20);
  /** Nothing is added or taken out any more. */
  readonly fixed = input(false);
  /** Where files are to be had, behind their id: one's own uploads, unless they are attached already. */
  readonly base = input('/api/funding/files');

  private readonly upload = inject(UploadFile);
  protected readonly megabytes = megabytes;
  protected readonly size = sizeWords;
  protected readonly words = {
    look: (name: string) => $localize`Look at ${name}:name:`,
    takeOut: (name: string) => $localize`Take out ${name}:name:`,
    sending: (name: string) => $localize`Sending ${name}:name:`,
  };
  protected readonly viewer = viewChild.required(FileViewer);
  protected readonly sending = signal<{ name: string; percent: number; stop: AbortController } | null>(null);
  protected readonly failed = signal<readonly Failed[]>([]);
  private readonly ids = computed(() => new Set(this.files().map(({ id }) => id)));
  /** Of files that got no answer: choosing one again hands it in once. */
  private readonly keys = new Map<string, string>();

  /** Whether something is on its way: whoever sends the form waits for it. */
  readonly busy = computed(() => this.sending() !== null);

  protected async take(box: HTMLInputElement): Promise<void> {
    const chosen = [...(box.files ?? [])];
    // So that the same file may be chosen again.
    box.value = '';
    for (const file of chosen) {
      if (this.files().length >= this.most()) return;
      await this.handIn(file);
    }
  }

  protected async again(failed: Failed): Promise<void> {
    if (!failed.file) return;
    this.forget(failed);
    await this.handIn(failed.file);
  }

  protected forget(failed: Failed): void {
    this.failed.update((all) => all.filter((each) => each !== failed));
  }

  protected takeOut(file: FileView): void {
    this.files.update((all) => all.filter(({ id }) => id !== file.id));
    document.getElementById(this.controlId())?.focus();
  }

  private async handIn(file: File): Promise<void> {
    const refused = refusalOfFile(file);
    if (refused) return this.fail({ name: file.name, problem: refused, file: null });
    const known = `${file.name} ${file.size} ${file.lastModified}`;
    const key = this.keys.get(known) ?? crypto.randomUUID();
    this.keys.set(known, key);
    const stop = new AbortController();
    this.sending.set({ name: file.name, percent: 0, stop });
    try {
      const sent = (percent: number) => this.sending.set({ name: file.name, percent, stop });
      const view = await this.upload.run(this.purpose(), file, key, sent, stop.signal);
      this.keys.delete(known);
      if (!this.ids().has(view.id)) this.files.update((all) => [...all, view]);
    } catch (thrown) {
      if (thrown instanceof UploadStopped) return;
      const problem = problemFrom(thrown);
      const unanswered = problem.refusal === 'offline' || problem.refusal === 'not-ready';
      if (!unanswered) this.keys.delete(known);
      this.fail({ name: file.name, problem, file: unanswered || problem.refusal === 'unexpected' ? file : null });
    } finally {
      this.sending.set(null);
    }
  }

  private fail(failed: Failed): void {
    this.failed.update((all) => [...all, failed]);
  }
}
