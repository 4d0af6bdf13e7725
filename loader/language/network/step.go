package network

import "math"

// sigmoid is a squashing function from 0 to 1 without an exponential.
func sigmoid(x float32) float32 {
	return 0.5 + 0.5*x/float32(math.Sqrt(float64(1+x*x)))
}

// stepPlain takes one step of n recurrent units: gates holds their candidates,
// forget gates and highway gates, which become the gates' values; now becomes
// the state and y the output.
func stepPlain(now, before, gates, x, y, forgetBias, highBias, forgetState, highState []float32) {
	n := len(now)
	candidate, forget, high := gates[:n], gates[n:2*n], gates[2*n:3*n]
	for j := range now {
		b := before[j]
		f := sigmoid(forget[j] + forgetBias[j] + forgetState[j]*b)
		h := sigmoid(high[j] + highBias[j] + highState[j]*b)
		k := f*b + (1-f)*candidate[j]
		forget[j], high[j], now[j] = f, h, k
		y[j] = h*k + (1-h)*x[j]
	}
}

// addReluPlain makes x what x + y is above 0.
func addReluPlain(x, y []float32) {
	y = y[:len(x)]
	for i := range x {
		x[i] = max(0, x[i]+y[i])
	}
}

// slope is the derivative of sigmoid where it gives s.
func slope(s float32) float32 {
	q := 2*s - 1
	k := max(0, 1-q*q)
	return 0.5 * k * float32(math.Sqrt(float64(k)))
}

// stepBackPlain undoes a step for learning: dy, the gradient of its output,
// becomes that of its input; dgates takes that of the gates; carry, the
// gradient of the state, is passed to the step before; dstate and dbias, whose
// second rows begin at stride, add up.
func stepBackPlain(now, before, gates, x, dy, dgates, carry, state, dstate, dbias []float32, stride int) {
	n := len(now)
	candidate, forget, high := gates[:n], gates[n:2*n], gates[2*n:3*n]
	for j := range now {
		f, h, b := forget[j], high[j], before[j]
		dh := dy[j] * (now[j] - x[j]) * slope(h)
		dc := dy[j]*h + carry[j]
		df := dc * (b - candidate[j]) * slope(f)
		dgates[j], dgates[n+j], dgates[2*n+j] = dc*(1-f), df, dh
		carry[j] = dc*f + df*state[j] + dh*state[stride+j]
		dstate[j] += df * b
		dstate[stride+j] += dh * b
		dbias[j] += df
		dbias[stride+j] += dh
		dy[j] *= 1 - h
	}
}

// adamPlain moves p against its gradient g, which becomes 0. The constants:
// how far g is clipped; the first moment's decay and its complement; the
// second's; the rate; what keeps the quotient finite.
func adamPlain(p, g, first, second []float32, constants *[7]float32) {
	for i := range p {
		d := g[i] * constants[0]
		g[i] = 0
		first[i] = constants[1]*first[i] + constants[2]*d
		second[i] = constants[3]*second[i] + constants[4]*d*d
		p[i] -= constants[5] * first[i] / (float32(math.Sqrt(float64(second[i]))) + constants[6])
	}
}
