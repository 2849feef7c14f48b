import { Component } from '@angular/core';
import { PageHeader } from '@waymark/ui';

@Component({ selector: 'wm-ask-password-link-page', imports: [PageHeader], template: `<wm-page-header heading="AskPasswordLinkPage" />` })
export class AskPasswordLinkPage {}
