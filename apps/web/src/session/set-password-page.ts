import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-set-password-page', imports: [PageHeader], template: `<wm-page-header heading="SetPasswordPage" />` })
export class SetPasswordPage {}
