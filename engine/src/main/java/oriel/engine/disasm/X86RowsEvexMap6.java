package oriel.engine.disasm;

/** EVEX map 6. What a row says is explained in docs/formats/x86.md. */
final class X86RowsEvexMap6 {
    private X86RowsEvexMap6() {}

    static String rows() {
        return """
            13 np,w0 vcvtsh2ss w:V128,H128,W128/16 kz sae
            13 66,w0,l0 vcvtph2psx w:V128,W128/64b16 kz sae
            13 66,w0,l1 vcvtph2psx w:V256,W128b16 kz sae
            13 66,w0,l2 vcvtph2psx w:V512,W256b16 kz sae
            2c 66,w0 vscalefph w:Vx,Hx,Wxb16 kz er
            2d 66,w0 vscalefsh w:V128,H128,W128/16 kz er
            42 66,w0 vgetexpph w:Vx,Wxb16 kz sae
            43 66,w0 vgetexpsh w:V128,H128,W128/16 kz sae
            4c 66,w0 vrcpph w:Vx,Wxb16 kz
            4d 66,w0 vrcpsh w:V128,H128,W128/16 kz
            4e 66,w0 vrsqrtph w:Vx,Wxb16 kz
            4f 66,w0 vrsqrtsh w:V128,H128,W128/16 kz
            56 f3,w0 vfmaddcph rw:Vx,Hx,Wxb32 kz er
            56 f2,w0 vfcmaddcph rw:Vx,Hx,Wxb32 kz er
            57 f3,w0 vfmaddcsh rw:V128,H128,W128/32 kz er
            57 f2,w0 vfcmaddcsh rw:V128,H128,W128/32 kz er
            96 66,w0 vfmaddsub132ph rw:Vx,Hx,Wxb16 kz er
            97 66,w0 vfmsubadd132ph rw:Vx,Hx,Wxb16 kz er
            98 66,w0 vfmadd132ph rw:Vx,Hx,Wxb16 kz er
            99 66,w0 vfmadd132sh rw:V128,H128,W128/16 kz er
            9a 66,w0 vfmsub132ph rw:Vx,Hx,Wxb16 kz er
            9b 66,w0 vfmsub132sh rw:V128,H128,W128/16 kz er
            9c 66,w0 vfnmadd132ph rw:Vx,Hx,Wxb16 kz er
            9d 66,w0 vfnmadd132sh rw:V128,H128,W128/16 kz er
            9e 66,w0 vfnmsub132ph rw:Vx,Hx,Wxb16 kz er
            9f 66,w0 vfnmsub132sh rw:V128,H128,W128/16 kz er
            a6 66,w0 vfmaddsub213ph rw:Vx,Hx,Wxb16 kz er
            a7 66,w0 vfmsubadd213ph rw:Vx,Hx,Wxb16 kz er
            a8 66,w0 vfmadd213ph rw:Vx,Hx,Wxb16 kz er
            a9 66,w0 vfmadd213sh rw:V128,H128,W128/16 kz er
            aa 66,w0 vfmsub213ph rw:Vx,Hx,Wxb16 kz er
            ab 66,w0 vfmsub213sh rw:V128,H128,W128/16 kz er
            ac 66,w0 vfnmadd213ph rw:Vx,Hx,Wxb16 kz er
            ad 66,w0 vfnmadd213sh rw:V128,H128,W128/16 kz er
            ae 66,w0 vfnmsub213ph rw:Vx,Hx,Wxb16 kz er
            af 66,w0 vfnmsub213sh rw:V128,H128,W128/16 kz er
            b6 66,w0 vfmaddsub231ph rw:Vx,Hx,Wxb16 kz er
            b7 66,w0 vfmsubadd231ph rw:Vx,Hx,Wxb16 kz er
            b8 66,w0 vfmadd231ph rw:Vx,Hx,Wxb16 kz er
            b9 66,w0 vfmadd231sh rw:V128,H128,W128/16 kz er
            ba 66,w0 vfmsub231ph rw:Vx,Hx,Wxb16 kz er
            bb 66,w0 vfmsub231sh rw:V128,H128,W128/16 kz er
            bc 66,w0 vfnmadd231ph rw:Vx,Hx,Wxb16 kz er
            bd 66,w0 vfnmadd231sh rw:V128,H128,W128/16 kz er
            be 66,w0 vfnmsub231ph rw:Vx,Hx,Wxb16 kz er
            bf 66,w0 vfnmsub231sh rw:V128,H128,W128/16 kz er
            d6 f3,w0 vfmulcph w:Vx,Hx,Wxb32 kz er
            d6 f2,w0 vfcmulcph w:Vx,Hx,Wxb32 kz er
            d7 f3,w0 vfmulcsh w:V128,H128,W128/32 kz er
            d7 f2,w0 vfcmulcsh w:V128,H128,W128/32 kz er
            """;
    }
}
