/*
 * What the examples of the guide look into: programs that call the system, one thing at a time.
 *
 *   guide files       opens files and registry keys, narrow and wide; the first of each pair fails
 *   guide format      wsprintfW with arguments of any number
 *   guide resolve     GetProcAddress by name and by number
 *   guide text        draws text in all ways that GDI has, on a bitmap nobody sees
 */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static void closing(HANDLE file)
{
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
}

static void files(void)
{
    char self[MAX_PATH];
    wchar_t wide[MAX_PATH];
    HKEY key = NULL;
    GetModuleFileNameA(NULL, self, sizeof self);
    GetModuleFileNameW(NULL, wide, MAX_PATH);
    closing(CreateFileA("C:\\nowhere\\narrow.txt", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL));
    closing(CreateFileA(self, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL));
    closing(CreateFileW(L"C:\\nowhere\\wide.txt", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL));
    closing(CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL));
    if (!RegCreateKeyExA(HKEY_CURRENT_USER, "Software\\OrielNarrow", 0, NULL, 0, KEY_READ, NULL, &key, NULL)) RegCloseKey(key);
    if (!RegCreateKeyExW(HKEY_CURRENT_USER, L"Software\\OrielWide", 0, NULL, 0, KEY_READ, NULL, &key, NULL)) RegCloseKey(key);
    RegDeleteKeyA(HKEY_CURRENT_USER, "Software\\OrielNarrow");
    RegDeleteKeyA(HKEY_CURRENT_USER, "Software\\OrielWide");
    printf("opened\n");
}

static void text(void)
{
    HDC screen = CreateCompatibleDC(NULL);
    HBITMAP bitmap = CreateBitmap(200, 100, 1, 32, NULL);
    HGDIOBJ before = SelectObject(screen, bitmap);
    POLYTEXTA narrow[] = {{0, 0, 5, "poly1", 0, {0, 0, 0, 0}, NULL}, {0, 9, 5, "poly2", 0, {0, 0, 0, 0}, NULL}};
    POLYTEXTW wide[] = {{0, 0, 5, L"POLY1", 0, {0, 0, 0, 0}, NULL}, {0, 9, 5, L"POLY2", 0, {0, 0, 0, 0}, NULL}};
    TextOutA(screen, 0, 0, "narrow text, cut", 11);
    TextOutW(screen, 0, 10, L"wide text, cut", 9);
    ExtTextOutA(screen, 0, 20, 0, NULL, "narrow and more", 15, NULL);
    ExtTextOutW(screen, 0, 30, 0, NULL, L"wide and more", 13, NULL);
    PolyTextOutA(screen, narrow, 2);
    PolyTextOutW(screen, wide, 2);
    SelectObject(screen, before);
    DeleteObject(bitmap);
    DeleteDC(screen);
    printf("drawn\n");
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "files")) {
        files();
    } else if (!strcmp(mode, "format")) {
        wchar_t out[100];
        wsprintfW(out, L"%s of %d, %x and 100%%", L"box", 7, 0xab);
        printf("%ls\n", out);
    } else if (!strcmp(mode, "resolve")) {
        HMODULE kernel = GetModuleHandleA("kernel32");
        int found = GetProcAddress(kernel, "GetTickCount") != NULL;
        found += GetProcAddress(kernel, "NoSuchFunction") != NULL;
        found += GetProcAddress(kernel, (LPCSTR)(ULONG_PTR)1) != NULL;
        printf("found=%d\n", found);
    } else if (!strcmp(mode, "text")) {
        text();
    }
    return 0;
}
