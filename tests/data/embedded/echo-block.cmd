@echo off
(
  echo [Setup]
  echo Express=1
  echo ProductKey="333-1111111"
  echo [NameAndOrg]
  echo Display=0
)>MSBATCH.INF
