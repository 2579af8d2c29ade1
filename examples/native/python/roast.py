"""libroast through ctypes: no package to install, no copy of an array.

Token ids and vectors are any object with the buffer protocol (array.array, numpy arrays, memoryview); activations come back
as memory of the library, as a numpy array where numpy is installed and as a memoryview otherwise, and keep their owner alive.
"""
import array
import ctypes as c
import os

try:
    import numpy
except ImportError:
    numpy = None

P, I, F, Z = c.c_void_p, c.c_int32, c.c_float, c.c_size_t


def _struct(name, *fields):
    """A struct of roast.h: begins with its size, every other field zero."""
    def init(self, **values):
        c.Structure.__init__(self, struct_size=c.sizeof(cls), **values)
    cls = type(name, (c.Structure,), {"_fields_": [("struct_size", Z), *fields], "__init__": init})
    return cls


ModelInfo = _struct("ModelInfo", *((name, I) for name in (
    "layers hidden_size intermediate_size heads kv_heads head_size vocabulary_size max_positions has_tokenizer has_chat_template "
    "threads reserved").split()), ("family", c.c_char * 32))
SteeringOptions = _struct("SteeringOptions", ("strength", F), ("relative", I), ("scope", I), ("recommended", I))
GenerateOptions = _struct("GenerateOptions", ("steering", P), ("cancel", P), ("seed", c.c_uint64), ("stop_strings", P), ("stop_count", Z),
                          ("max_tokens", I), ("top_k", I), ("temperature", F), ("top_p", F), ("min_p", F), ("repetition_penalty", F), ("ignore_end", I), ("reserved", I))
Piece = _struct("Piece", ("token", I), ("row", I), ("text", c.c_char_p), ("text_length", Z))
Progress = _struct("Progress", ("stage", c.c_char_p), ("done", I), ("total", I), ("tokens", c.c_int64))
PointValues = _struct("PointValues", ("values", c.POINTER(F)), ("positions", Z), ("width", Z), ("point", c.c_char * 32))
ON_PIECE = c.CFUNCTYPE(I, P, c.POINTER(Piece))
ON_PROGRESS = c.CFUNCTYPE(I, P, c.POINTER(Progress))
FitOptions = _struct("FitOptions", ("points", c.c_char_p), ("cancel", P), ("seed", c.c_uint64), ("on_progress", ON_PROGRESS), ("user", P),
                     ("method", I), ("rollouts", I), ("max_answer_tokens", I), ("pool", I), ("scaling", I), ("question_limit", I), ("temperature", F), ("top_p", F))
OK, E_ABORTED, E_BUFFER, END, ALL, ABI = 0, 4, 5, 9, Z(-1).value, 1


class RoastError(Exception):
    def __init__(self, status):
        super().__init__(f"{_lib.roast_status_name(status).decode()}: {_lib.roast_last_error().decode()}")
        self.status = status


def _load():
    here = os.path.dirname(os.path.abspath(__file__))
    lib = c.CDLL(os.environ.get("ROAST_LIBRARY") or os.path.join(here, "libroast.so"))
    for name in ("roast_version", "roast_last_error", "roast_status_name"):
        getattr(lib, name).restype = c.c_char_p
    if lib.roast_abi_version() != ABI:
        raise ImportError(f"libroast has ABI {lib.roast_abi_version()}; this file was written for {ABI}")
    return lib


_lib = _load()


def _check(status):
    if status != OK:
        raise RoastError(status)


def _buffer(items, typecode, ctype):
    """The memory of an array as it lies; a list is the only thing that is copied."""
    if isinstance(items, (list, tuple)):
        items = array.array(typecode, items)
    view = memoryview(items)
    if view.format != typecode or not view.contiguous:
        raise TypeError(f"expected contiguous items of type '{typecode}', got '{view.format}'")
    if view.readonly:                                        # ctypes borrows from writable memory only
        return (ctype * (view.nbytes // view.itemsize)).from_buffer_copy(view), view.nbytes // view.itemsize
    return (ctype * (view.nbytes // view.itemsize)).from_buffer(view), view.nbytes // view.itemsize


class _Handle:
    _free = None

    def __init__(self, value):
        self.handle = value

    def close(self):
        if self.handle:
            handle, self.handle = self.handle, None
            _check(getattr(_lib, self._free)(handle))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "handle", None):
            getattr(_lib, self._free)(self.handle)
            self.handle = None


class Vector(_Handle):
    """A steering vector: load(path), create({"resid_post.1": floats}), or Model.fit."""
    _free = "roast_vector_free"

    @classmethod
    def load(cls, path):
        made = P()
        _check(_lib.roast_vector_load(os.fsencode(path), c.byref(made)))
        return cls(made)

    @classmethod
    def create(cls, directions):
        held = [_buffer(values, "f", F) for values in directions.values()]
        names = (c.c_char_p * len(held))(*(point.encode() for point in directions))
        pointers = (P * len(held))(*(c.addressof(values) for values, _ in held))
        widths = (Z * len(held))(*(width for _, width in held))
        made = P()
        _check(_lib.roast_vector_create(names, pointers, widths, Z(len(held)), c.byref(made)))
        return cls(made)

    def save(self, path, overwrite=True):
        _check(_lib.roast_vector_save(self.handle, os.fsencode(path), I(overwrite)))

    def values(self, point):
        """The direction at a point, written straight into the array that is returned."""
        width = Z()
        status = _lib.roast_vector_values(self.handle, point.encode(), None, Z(0), c.byref(width))
        if status != E_BUFFER:
            _check(status)
        result = numpy.empty(width.value, "f4") if numpy else array.array("f", bytes(4 * width.value))
        room, count = _buffer(result, "f", F)
        _check(_lib.roast_vector_values(self.handle, point.encode(), room, Z(count), c.byref(width)))
        return result


class Steering(_Handle):
    """A vector at a strength that may be set at any time, from any thread."""
    _free = "roast_steering_free"

    def __init__(self, vector, strength=0.0, scope=0, relative=False):
        made = P()
        _check(_lib.roast_steering_create(vector.handle, c.byref(SteeringOptions(strength=strength, scope=scope, relative=relative)), c.byref(made)))
        super().__init__(made)

    def set(self, strength, relative=False):
        _check(_lib.roast_steering_set_strength(self.handle, F(strength), I(relative)))


class Activations(_Handle):
    """Memory of the library; point(i) gives (name, [positions, width]) without a copy."""
    _free = "roast_activations_free"

    def __len__(self):
        count = Z()
        _check(_lib.roast_activations_count(self.handle, c.byref(count)))
        return count.value

    def point(self, index):
        got = PointValues()
        _check(_lib.roast_activations_get(self.handle, Z(index), c.byref(got)))
        memory = (F * (got.positions * got.width)).from_address(c.addressof(got.values.contents))
        memory.owner = self                                  # the array keeps the library's memory alive
        if numpy:
            return got.point.decode(), numpy.ctypeslib.as_array(memory).reshape(got.positions, got.width)
        return got.point.decode(), memoryview(memory).cast("B").cast("f", (got.positions, got.width))


class Model(_Handle):
    _free = "roast_model_free"

    def __init__(self, path):
        made = P()
        _check(_lib.roast_model_open(os.fsencode(path), None, c.byref(made)))
        super().__init__(made)

    def info(self):
        info = ModelInfo()
        _check(_lib.roast_model_get_info(self.handle, c.byref(info)))
        return info

    def encode_prompt(self, text):
        data = text.encode()
        room, count = (I * (len(data) + 64))(), Z()
        status = _lib.roast_encode_prompt(self.handle, data, Z(len(data)), room, Z(len(room)), c.byref(count))
        if status == E_BUFFER:
            room = (I * count.value)()
            status = _lib.roast_encode_prompt(self.handle, data, Z(len(data)), room, Z(len(room)), c.byref(count))
        _check(status)
        return array.array("i", room[:count.value])

    def generate(self, prompt, steering=None, on_piece=None, **options):
        """The answer's text. on_piece(token, text) sees every token before the next is computed; False ends the answer."""
        ids, count = _buffer(self.encode_prompt(prompt) if isinstance(prompt, str) else prompt, "i", I)
        parts, thrown = [], []

        def hear(_, piece):
            try:
                text = piece.contents.text.decode()
                parts.append(text)
                return 1 if on_piece and on_piece(piece.contents.token, text) is False else 0
            except BaseException as e:                       # carried past the border, raised again below
                thrown.append(e)
                return 1

        given = GenerateOptions(steering=steering.handle if steering else None, **options)
        status = _lib.roast_generate(self.handle, ids, Z(count), c.byref(given), ON_PIECE(hear), None, None)
        if thrown:
            raise thrown[0]
        if status != E_ABORTED:
            _check(status)
        return "".join(parts)

    def fit(self, task, path, on_progress=None, **options):
        hear = ON_PROGRESS(lambda _, p: 1 if on_progress and on_progress(p.contents.stage.decode(), p.contents.done, p.contents.total) is False else 0)
        made = P()
        _check(_lib.roast_fit(self.handle, task.encode(), os.fsencode(path), c.byref(FitOptions(on_progress=hear, **options)), c.byref(made)))
        return Vector(made)

    def activations(self, prompt, points, last_only=False):
        ids, count = _buffer(self.encode_prompt(prompt) if isinstance(prompt, str) else prompt, "i", I)
        made = P()
        _check(_lib.roast_activations_read(self.handle, ids, Z(count), points.encode(), I(last_only), None, c.byref(made)))
        return Activations(made)
