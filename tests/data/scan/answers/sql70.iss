[InstallShield Silent]
[DlgOrder]
Dlg0=SdWelcome-0
Dlg1=SdFinish-0
[SdWelcome-0]
