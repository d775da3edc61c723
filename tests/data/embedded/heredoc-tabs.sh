#!/bin/sh
make_file() {
	cat <<-'END' > "$1"
	[Setup]
	Express=1
	ProductKey="333-1111111"
	[NameAndOrg]
	Display=0
	END
}
make_file MSBATCH.INF
