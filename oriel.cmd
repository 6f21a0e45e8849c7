@echo off
rem Runs Oriel. Finds a Java 21 or newer, builds the program when it is missing or older than its
rem sources, and keeps an archive of loaded classes so that it starts quickly.
rem
rem   ORIEL_JAVA   the java.exe to use, no questions asked
rem   ORIEL_BUILD  'never' runs the jar that is there, however old
rem   ORIEL_CACHE  folder for the class archive (default: beside the jar)
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "jar=%root%app\target\oriel.jar"
set "java="
set "major=0"

if defined ORIEL_JAVA (
    for %%J in ("%ORIEL_JAVA%") do call :consider "%%~dpJ.."
    set "java=%ORIEL_JAVA%"
    goto found
)
if defined JAVA_HOME call :consider "%JAVA_HOME%"
if defined java goto found
for /f "delims=" %%J in ('where java 2^>nul') do if not defined java call :consider "%%~dpJ.."
if defined java goto found
for %%P in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" ^
    "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft" ^
    "%ProgramFiles%\OpenJDK" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
    if exist "%%~P" for /d %%J in ("%%~P\*") do call :consider "%%~J"
)
if not defined java (
    echo oriel: no Java 21 or newer found in JAVA_HOME, PATH and the usual folders; install one from https://adoptium.net or set JAVA_HOME>&2
    exit /b 3
)

:found
if not exist "%jar%" goto build
if /i "%ORIEL_BUILD%"=="never" goto start
if not exist "%root%app\src" goto start
rem Newer sources: xcopy /d lists those newer than the jar's day only, so ask PowerShell.
powershell -NoProfile -Command "$t=(Get-Item -LiteralPath $env:jar).LastWriteTimeUtc; foreach($m in 'model','formats','engine','triage','kd','win32','app'){ $n=Get-ChildItem -LiteralPath (Join-Path $env:root \"$m\src\main\") -Recurse -File -ErrorAction SilentlyContinue | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1; if($n){exit 1} }; exit 0" >nul 2>&1
if errorlevel 1 goto build
goto start

:build
where mvn >nul 2>&1
if errorlevel 1 (
    echo oriel: %jar% has to be built first, and Maven is not installed: https://maven.apache.org>&2
    exit /b 3
)
echo oriel: building with Maven (once, and again when the sources change) ...>&2
pushd "%root%"
call mvn -q -B -pl app -am -Dmaven.test.skip=true -Dspotless.check.skip=true -Doriel.checks=-Xlint:none package 1>&2
set "built=%errorlevel%"
popd
if not "%built%"=="0" (
    echo oriel: the build failed, see above>&2
    exit /b 3
)
copy /b "%jar%"+,, "%jar%" >nul 2>&1

:start
set "cache=%root%app\target"
if defined ORIEL_CACHE set "cache=%ORIEL_CACHE%"
rem The archive is named after the size and time of the jar, so that a new jar gets a new one.
for %%F in ("%jar%") do set "stamp=%%~zF-%%~tF"
set "stamp=%stamp:/=%"
set "stamp=%stamp:\=%"
set "stamp=%stamp::=%"
set "stamp=%stamp: =%"
set "stamp=%stamp:.=%"
if %major% GEQ 25 (
    set "archive=%cache%\oriel-%major%-%stamp%.aot"
    set "make=-XX:AOTCacheOutput="
    set "use=-XX:AOTCache="
) else (
    set "archive=%cache%\oriel-%major%-%stamp%.jsa"
    set "make=-XX:ArchiveClassesAtExit="
    set "use=-XX:SharedArchiveFile="
)
rem A new archive is written under another name and renamed: parallel first runs stay safe.
if not exist "%archive%" call :train
if exist "%archive%" (set "use=%use%%archive%") else (set "use=-Xshare:auto")

set "compiler=-XX:TieredStopAtLevel=1"
if /i "%~1"=="search" set "compiler=-XX:+TieredCompilation"
"%java%" "%use%" -Xlog:disable -XX:+UseSerialGC %compiler% -XX:-UsePerfData -Djdk.reflect.useNativeAccessorOnly=true --enable-native-access=ALL-UNNAMED -cp "%jar%" oriel.app.Main %*
exit /b %errorlevel%

:train
if not exist "%cache%" mkdir "%cache%" 2>nul
set "new=%archive%.%RANDOM%"
"%java%" "%make%%new%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Djdk.reflect.useNativeAccessorOnly=true --enable-native-access=ALL-UNNAMED -Doriel.training=true -Doriel.terminal= -cp "%jar%" oriel.app.Main train "%root%examples" >nul 2>&1
if exist "%new%" move /y "%new%" "%archive%" >nul 2>&1
exit /b 0

:consider
rem Takes a Java home when it is new enough and newer than what was found before.
set "found=0"
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==" %%V in ('findstr "JAVA_VERSION=" "%~1\release"') do for /f "tokens=1 delims=.-+ " %%M in ("%%~V") do set "found=%%M"
if %found% LSS 21 exit /b 0
if %found% LEQ %major% exit /b 0
set "major=%found%"
set "java=%~1\bin\java.exe"
exit /b 0
