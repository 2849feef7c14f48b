import { Component, computed, effect, inject, signal } from '@angular/core';
import { type FileView, applicationFiles, applicationFilesMost, fileBytesMost } from '@waymark/contracts';
import { Icon, Progress } from '@waymark/ui';
import { Commands } from '../../shell/commands';
import { Deed } from '../../shell/deed';
import { refusalOfFile, UploadFile, UploadStopped } from '../../shell/files/upload-file';
import { type Problem, problemFrom } from '../../shell/problem';
import { Trouble } from '../../shell/trouble';
import { FileList } from './file-list';
import { FormState } from './form-state';

const megabytes = Math.floor(fileBytesMost / 1024 / 1024);
/** Of a file that is not even sent, with its name: several may be chosen at once. */
const faultWords = ({ refusal }: Problem, name: string): string => {
  if (refusal === 'file-empty') return $localize`“${name}:name:” is empty.`;
  if (refusal === 'body-too-large')
    return $localize`“${name}:name:” is larger than ${megabytes}:most: MB. A smaller picture will do.`;
  return $localize`“${name}:name:” is neither a PDF nor a picture (PNG, JPEG or WebP).`;
};

/** What goes with an application: handed in at once, and taken out again while it is being written. */
@Component({
  selector: 'wm-application-files',
  imports: [FileList, Icon, Progress, Trouble],
  template: `
    <div class="stack-2">
      <h3 i18n>Files</h3>
      <p class="hint" id="files-hint" i18n>
        A programme, an invitation, a quotation: PDF or pictures, up to {{ megabytes }} MB each. None is needed.
      </p>
      @if (files().length) {
        <wm-file-list [files]="files()" [base]="address()" [removable]="true" (removed)="remove($event)" />
      }
      @if (uploading(); as up) {
        <wm-progress [percent]="up.percent" [label]="labels.sending(up.name)" />
        <button type="button" class="btn btn--text btn--sm" (click)="up.stop.abort()" i18n>Stop</button>
      }
      @for (fault of faults(); track fault) {
        <p class="errmsg" role="alert"><wm-icon name="warning" />{{ fault }}</p>
      }
      <wm-trouble [error]="problem()" compact />
      <wm-trouble [error]="removing.problem()" compact />
      @if (files().length < most) {
        <input
          #box
          class="vh"
          type="file"
          id="add-file"
          multiple
          accept="application/pdf,image/png,image/jpeg,image/webp"
          aria-describedby="files-hint"
          [disabled]="uploading() !== null"
          (change)="add(box)"
        />
        <label class="btn btn--line btn--sm" for="add-file" [class.off]="uploading() !== null">
          <wm-icon name="upload" /><ng-container i18n>Add a file</ng-container>
        </label>
      }
    </div>
  `,
  styles: `
    h3 {
      font-size: var(--wm-text-md);
    }
    input:focus-visible + label {
      outline: 3px solid var(--wm-focus-out);
      outline-offset: 2px;
    }
    .off {
      opacity: 0.6;
    }
  `,
})
export class ApplicationFiles {
  private readonly form = inject(FormState);
  private readonly commands = inject(Commands);
  private readonly upload = inject(UploadFile);
  protected readonly megabytes = megabytes;
  protected readonly most = applicationFilesMost;
  protected readonly labels = { sending: (name: string) => $localize`Sending ${name}:name:` };
  protected readonly removing = new Deed();
  protected readonly files = signal<readonly FileView[]>([]);
  protected readonly uploading = signal<{ name: string; percent: number; stop: AbortController } | null>(null);
  protected readonly faults = signal<readonly string[]>([]);
  protected readonly problem = signal<Problem | null>(null);
  protected readonly address = computed(() => `/api/funding/applications/${this.form.view()?.id ?? ''}/files`);
  /** Of files that got no answer, by name, size and date: choosing one again hands it in once. */
  private readonly keys = new Map<string, string>();

  constructor() {
    effect(() => this.files.set(this.form.view()?.files ?? []));
  }

  protected async add(box: HTMLInputElement): Promise<void> {
    const chosen = [...(box.files ?? [])];
    box.value = '';
    this.problem.set(null);
    this.faults.set([]);
    for (const file of chosen) {
      const fault = this.files().length >= this.most ? null : refusalOfFile(file);
      if (fault) this.faults.update((faults) => [...faults, faultWords(fault, file.name)]);
      else if (!(await this.handIn(file))) return;
    }
  }

  private async handIn(file: File): Promise<boolean> {
    const stop = new AbortController();
    this.uploading.set({ name: file.name, percent: 0, stop });
    const known = `${file.name} ${file.size} ${file.lastModified}`;
    const key = this.keys.get(known) ?? crypto.randomUUID();
    this.keys.set(known, key);
    try {
      const sent = (percent: number) => this.uploading.set({ name: file.name, percent, stop });
      const { id: fileId } = await this.upload.run('application', file, key, sent, stop.signal);
      const { files } = await this.commands.post(this.address(), { fileId }, applicationFiles);
      this.files.set(files);
      this.keys.delete(known);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof UploadStopped)) this.problem.set(problemFrom(thrown));
      return false;
    } finally {
      this.uploading.set(null);
    }
  }

  protected async remove(file: FileView): Promise<void> {
    await this.removing.run(async () => {
      const { files } = await this.commands.delete(`${this.address()}/${file.id}`, applicationFiles);
      this.files.set(files);
    });
    document.getElementById('add-file')?.focus();
  }
}
