#!/usr/bin/env bash
# Makes a folder of synthetic postoffices: each has the directories and about sixty files of one in use.
# Usage: benches/make-postoffices.sh FOLDER COUNT
set -euo pipefail
folder=$1 count=$2
first=$folder/site000/po0000
mkdir -p "$first"
cd "$first"
mkdir -p ATT/AT{0..9} ATT/AT{A..F} MAI/MA{0..9} MAI/MA{A..F} CAL FOLDERS/LOC/00000000 FOLDERS/PUB GLB GRP HLP INF INI KEY LOG MBG \
    MEM MMF NME P1 TPL USR XTN
size() { truncate -s "$1" "$2"; }
size 586 GLB/ACCESS.GLB; size 69 GLB/ACCESS2.GLB; size 512 GLB/ACCESS3.GLB; size 512 GLB/GLOBAL.GLB
size 4 GLB/GROUP.GLB; size 4 GLB/GRPMEM.GLB; size 4 GLB/NETPO.GLB; size 4 GLB/TID.GLB; size 64 GLB/MODEM.GLB
size 512 GLB/PROCESS.GLB; size 512 GLB/REQCONF.GLB; size 32512 GLB/DS_MSG.GLB; size 22272 GLB/ERRORADM.GLB; size 1920 GLB/ERRORDYN.GLB
size 795 GLB/ANSISORT.GLB; size 795 GLB/C850SORT.GLB; size 1603 GLB/TRANSFIL.GLB; size 609 GLB/WELCOME.GLB
for name in REQ SRV USR GW NME; do size 0 "GLB/${name}TRANS.GLB"; done
for name in BUSY DEFAULT HAYES12 HAYES24 NULLMODM TELEBIT; do size 1466 "GLB/$name.MDM"; size 297 "GLB/$name.SCR"; done
for name in 00000000 INQUEUE INQUEUE3 SYSTEM; do size 560 "KEY/$name.KEY"; size 0 "MBG/$name.MBG"; done
size 8 GRP/ADMIN.GRP; size 8 GRP/00000000.GRP; size 45 NME/ADMIN.NME; size 0 NME/00000000.NME; size 0 NME/VIEW.NME
size 0 XTN/00000001.XTN; size 100 FOLDERS/LOC/00000000/00000000.IDX; size 100 FOLDERS/PUB/FOLDROOT.IDX; size 3 INI/EXTERNAL.INI
for name in ALIAS COURIER FAX MSMAIL SMTP; do size 53 "TPL/$name.TPL"; done
printf '\x63\x00\x00\x00\x01\x00\x00\x00' > GLB/CONTROL.GLB
printf '\x01\x00\x00\x00' > FOLDERS/SERIALNO.IDX
{ printf '\x01\x00NETWORK\x00\x00\x00\x0000000001'; head -c 101 /dev/zero; } > GLB/NETWORK.GLB
{ head -c 32 /dev/zero; printf '799-99992'; head -c 135 /dev/zero; } > GLB/MASTER.GLB
cd - > /dev/null
for ((n = 1; n < count; n++)); do
    site=$folder/site$(printf %03d $((n / 100)))
    mkdir -p "$site"
    cp -r "$first" "$site/po$(printf %04d "$n")"
done
