#include "textflag.h"

DATA half<>+0(SB)/4, $0.5
GLOBL half<>(SB), RODATA|NOPTR, $4
DATA one<>+0(SB)/4, $1.0
GLOBL one<>(SB), RODATA|NOPTR, $4

// x becomes 0.5 + 0.5x/sqrt(1+xx); t is free, Y14 holds 1, Y15 holds 0.5.
#define SIGMOID(x, t) \
	VMULPS  x, x, t \
	VADDPS  Y14, t, t \
	VSQRTPS t, t \
	VMULPS  Y15, x, x \
	VDIVPS  t, x, x \
	VADDPS  Y15, x, x

// func step8(now, before, gates, x, y, forgetBias, highBias, forgetState, highState *float32, n int)
// One step of n recurrent units, n a multiple of 8: see stepPlain.
TEXT ·step8(SB), NOSPLIT, $0-80
	MOVQ now+0(FP), DI
	MOVQ before+8(FP), SI
	MOVQ gates+16(FP), AX
	MOVQ x+24(FP), BX
	MOVQ y+32(FP), R15
	MOVQ forgetBias+40(FP), R8
	MOVQ highBias+48(FP), R9
	MOVQ forgetState+56(FP), R10
	MOVQ highState+64(FP), R11
	MOVQ n+72(FP), DX
	SHLQ $2, DX             // bytes of one gate
	LEAQ (AX)(DX*1), R12    // forget
	LEAQ (AX)(DX*2), R13    // high
	VBROADCASTSS one<>(SB), Y14
	VBROADCASTSS half<>(SB), Y15
	XORQ CX, CX

loop:
	VMOVUPS (SI)(CX*1), Y0   // before
	VMOVUPS (R12)(CX*1), Y1
	VADDPS  (R8)(CX*1), Y1, Y1
	VMULPS  (R10)(CX*1), Y0, Y2
	VADDPS  Y2, Y1, Y1
	SIGMOID(Y1, Y2)
	VMOVUPS Y1, (R12)(CX*1)
	VMOVUPS (R13)(CX*1), Y3
	VADDPS  (R9)(CX*1), Y3, Y3
	VMULPS  (R11)(CX*1), Y0, Y4
	VADDPS  Y4, Y3, Y3
	SIGMOID(Y3, Y4)
	VMOVUPS Y3, (R13)(CX*1)
	VMULPS  Y1, Y0, Y5       // f*before
	VSUBPS  Y1, Y14, Y6      // 1-f
	VMULPS  (AX)(CX*1), Y6, Y6
	VADDPS  Y6, Y5, Y5
	VMOVUPS Y5, (DI)(CX*1)
	VMULPS  Y3, Y5, Y7       // h*now
	VSUBPS  Y3, Y14, Y8      // 1-h
	VMULPS  (BX)(CX*1), Y8, Y8
	VADDPS  Y8, Y7, Y7
	VMOVUPS Y7, (R15)(CX*1)
	ADDQ $32, CX
	CMPQ CX, DX
	JLT  loop
	VZEROUPPER
	RET

// sum becomes sum + Y8 times eight signed bytes; t is free.
#define ADDBYTES(bytes, t, sum) \
	VPMOVSXBD bytes, t \
	VCVTDQ2PS t, t \
	VMULPS    Y8, t, t \
	VADDPS    t, sum, sum

// func addRows8(out *float32, n int, data *byte, stride, scale, first int, rows *int32, count int)
// Adds to out n signed bytes of each of the rows times their scale, n a multiple of 8 and count not 0: see addRowsPlain.
// It goes through the rows for 32 columns at a time, and then for 8.
TEXT ·addRows8(SB), NOSPLIT, $0-64
	MOVQ out+0(FP), DI
	MOVQ n+8(FP), DX
	MOVQ data+16(FP), SI
	MOVQ stride+24(FP), R8
	MOVQ scale+32(FP), R9
	MOVQ first+40(FP), R10
	MOVQ rows+48(FP), R11
	MOVQ count+56(FP), R12
	ADDQ SI, R9             // the scale of row 0
	ADDQ SI, R10            // its bytes

wide:
	SUBQ $32, DX
	JLT  rest
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS 64(DI), Y2
	VMOVUPS 96(DI), Y3
	XORQ CX, CX

wideRow:
	MOVLQSX (R11)(CX*4), AX
	IMULQ   R8, AX
	VBROADCASTSS (R9)(AX*1), Y8
	ADDBYTES((R10)(AX*1), Y4, Y0)
	ADDBYTES(8(R10)(AX*1), Y5, Y1)
	ADDBYTES(16(R10)(AX*1), Y6, Y2)
	ADDBYTES(24(R10)(AX*1), Y7, Y3)
	INCQ CX
	CMPQ CX, R12
	JLT  wideRow
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	ADDQ $128, DI
	ADDQ $32, R10
	JMP  wide

rest:
	ADDQ $32, DX

eight:
	SUBQ $8, DX
	JLT  done
	VMOVUPS (DI), Y0
	XORQ CX, CX

eightRow:
	MOVLQSX (R11)(CX*4), AX
	IMULQ   R8, AX
	VBROADCASTSS (R9)(AX*1), Y8
	ADDBYTES((R10)(AX*1), Y4, Y0)
	INCQ CX
	CMPQ CX, R12
	JLT  eightRow
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $8, R10
	JMP  eight

done:
	VZEROUPPER
	RET

// func addScaled8(out, x, w *float32, n, count int)
// Adds to out count rows of w, each times its x: n columns, n a multiple of 8 and count not 0: see addScaledPlain.
TEXT ·addScaled8(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ x+8(FP), SI
	MOVQ w+16(FP), BX
	MOVQ n+24(FP), DX
	MOVQ count+32(FP), R12
	MOVQ DX, R8
	SHLQ $2, R8             // bytes of a row

columns:
	VMOVUPS (DI), Y0
	MOVQ BX, R9
	XORQ CX, CX

scaled:
	VBROADCASTSS (SI)(CX*4), Y1
	VMULPS  (R9), Y1, Y1
	VADDPS  Y1, Y0, Y0
	ADDQ R8, R9
	INCQ CX
	CMPQ CX, R12
	JLT  scaled
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, BX
	SUBQ $8, DX
	JNZ  columns
	VZEROUPPER
	RET

// func addRelu8(x, y *float32, n int)
// x becomes x + y where that is above 0, else 0; n is a multiple of 8.
TEXT ·addRelu8(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), DI
	MOVQ y+8(FP), SI
	MOVQ n+16(FP), DX
	VXORPS Y1, Y1, Y1

next:
	VMOVUPS (DI), Y0
	VADDPS  (SI), Y0, Y0
	VMAXPS  Y1, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	SUBQ $8, DX
	JNZ  next
	VZEROUPPER
	RET
