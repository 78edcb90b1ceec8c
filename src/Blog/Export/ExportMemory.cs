using System.Text;

namespace Blog.Export;

/// <summary>
/// What the last export found at each address, and by which keys that changes: what none of the changed keys touches need not be asked for, read or scanned again.
/// Kept beside the catalogue of the export, and believed only where catalogue, program, options and output folder are those that it was written with.
/// </summary>
internal sealed class ExportMemory
{
    /// <summary>Of its file.</summary>
    public const string Name = "export.bin";

    /// <summary>The key of what changes only when some picture does.</summary>
    public const string Pictures = "pictures";

    // Another number for another form of the file.
    private const string Form = "2";

    // Texts that no address has any more are let go once there are so many times the texts that there were without such.
    private const double MostTexts = 1.5;

    // Bytes that hold one address.
    private const int UsualLength = 1024;

    private readonly byte[] _data;
    private readonly MemoryTable _keys;
    private readonly MemoryTable _paths;
    private readonly MemoryTable _words;
    private readonly string _mark;
    private readonly int _compact;
    private readonly ExportTarget?[] _targets;

    // By themselves: the table grows while broken links are looked for.
    private readonly string[] _fragments;
    private readonly Dictionary<string, (int At, int Length)> _places = new(StringComparer.Ordinal);
    private bool[] _changed = [];

    private ExportMemory(byte[] data, string mark, int at)
    {
        (_data, _mark) = (data, mark);
        var reader = new MemoryReader(data, at);
        (_keys, _paths, _words, _compact) = (new MemoryTable(reader.Strings()), new MemoryTable(reader.Strings()), new MemoryTable(reader.Strings()), reader.Number());
        (_targets, _fragments) = (new ExportTarget?[_paths.Texts.Count], [.. _words.Texts]);
        for (var left = reader.Number(); left > 0; left--)
        {
            var (path, length) = (_paths.Texts[reader.Number()], reader.Number());
            _places[path] = (reader.At, length);
            reader.At += length;
        }

        if (reader.At != data.Length) throw new ArgumentException("It does not end where it should.", nameof(data));
    }

    /// <summary>What the last export knew; null where there is nothing that can be read. It is to be believed only once <see cref="IsOf"/> has said so.</summary>
    public static ExportMemory? Read(string file)
    {
        try
        {
            var data = File.ReadAllBytes(file);
            var reader = new MemoryReader(data, 0);
            return reader.Text() == Form ? new ExportMemory(data, reader.Text(), reader.At) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it, the export only takes longer.
            return null;
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // Cut short by a full disk.
            return null;
        }
    }

    /// <summary>True when it was written with that mark; then it tells of what none of the changed keys touches.</summary>
    /// <param name="mark">Of the catalogue, program, options and output folder.</param>
    /// <param name="changed">The keys that changed since.</param>
    public bool IsOf(string mark, IReadOnlySet<string> changed)
    {
        _changed = [.. _keys.Texts.Select(changed.Contains)];
        return mark == _mark;
    }

    /// <summary>Keeps what <see cref="Describe"/> made.</summary>
    public static void Keep(string file, string mark, IReadOnlyList<ReadOnlyMemory<byte>> described)
    {
        var head = new MemoryWriter(UsualLength);
        head.Text(Form);
        head.Text(mark);
        using (var stream = new FileStream(file + ".new", FileMode.Create, FileAccess.Write))
        {
            stream.Write(head.Written);
            foreach (var part in described) stream.Write(part.Span);
        }

        File.Move(file + ".new", file, true);
    }

    /// <summary>What is known of addresses, in bytes: megabytes, which are not put together once more.</summary>
    /// <param name="targets">The addresses.</param>
    /// <param name="last">What was recalled of some of them, which is taken over as it stands; null when nothing was.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Describe(IReadOnlyCollection<ExportTarget> targets, ExportMemory? last)
    {
        if (last is not null && last._keys.Texts.Count + last._paths.Texts.Count + last._words.Texts.Count > MostTexts * last._compact) last = null;
        var (keys, paths, words) = (last?._keys ?? new MemoryTable([]), last?._paths ?? new MemoryTable([]), last?._words ?? new MemoryTable([]));
        var (all, one) = (new MemoryWriter(last is null ? UsualLength : last._data.Length), new MemoryWriter(UsualLength));
        var known = targets.Where(target => target.Keys is not null).ToList();
        var places = new Dictionary<ExportTarget, int>(targets.Count);
        foreach (var target in known)
        {
            if (last is not null && target.Record is { } record)
            {
                all.Number(PlaceOf(target));
                all.Number(record.Length);
                all.Bytes(record.Span);
                continue;
            }

            one.Clear();
            one.Numbers(target.Keys!.Select(keys.Place));
            one.Number((int)target.State);
            foreach (var text in new[] { target.File, target.ContentType, target.Note }) one.Number(text is null ? 0 : words.Place(text) + 1);
            one.Number(target.Anchors is null ? 0 : 1);
            one.Whole(target.Anchors ?? []);
            var links = target.Links.ToList();
            one.Number(links.Count);
            foreach (var (to, fragment) in links)
            {
                one.Number(PlaceOf(to));
                one.Number(words.Place(fragment));
            }

            all.Number(PlaceOf(target));
            all.Number(one.Written.Length);
            all.Bytes(one.Written);
        }

        var described = new MemoryWriter(last is null ? UsualLength : last._data.Length / 4);
        foreach (var table in new[] { keys, paths, words }) described.Strings(table.Texts);
        described.Number(last?._compact ?? keys.Texts.Count + paths.Texts.Count + words.Texts.Count);
        described.Number(known.Count);
        return [described.Kept, all.Kept];

        int PlaceOf(ExportTarget target) => places.TryGetValue(target, out var place) ? place : places[target] = paths.Place(target.Path);
    }

    /// <summary>Tells an address what came of it last time. False when it has to be asked for.</summary>
    /// <param name="target">The address.</param>
    /// <param name="tag">What tells the version of a file that is copied as it is, which is its one key; null for any other.</param>
    /// <param name="keep">Says whether a file can stay as it is.</param>
    /// <param name="find">Finds the addresses that it links to.</param>
    public bool Recall(ExportTarget target, string? tag, Func<string, bool> keep, Func<string, ExportTarget> find)
    {
        if (!_places.TryGetValue(target.Path, out var place)) return false;
        var reader = new MemoryReader(_data, place.At);
        var keys = new string[reader.Number()];
        var isSame = tag is null;
        for (var i = 0; i < keys.Length; i++)
        {
            var key = reader.Number();
            if (_changed[key]) return false;
            keys[i] = _keys.Texts[key];
            // What was a copy and is one no more, or was none, is another thing under the same address.
            if (keys[i][0] == '"') isSame = keys[i] == tag;
        }

        if (!isSame) return false;
        var state = (TargetState)reader.Number();
        var (file, type, note) = (Word(ref reader), Word(ref reader), Word(ref reader));
        if (file is not null && !keep(file)) return false;
        (target.State, target.File, target.ContentType, target.Note, target.Keys) = (state, file, type, note, keys);
        var hasAnchors = reader.Number() == 1;
        var anchors = reader.Whole();
        target.Anchors = hasAnchors ? anchors : null;
        (target.Links, target.Record) = (LinksAt(reader.At), _data.AsMemory(place.At, place.Length));
        for (var left = reader.Number(); left > 0; left--)
        {
            var to = reader.Number();
            _targets[to] ??= find(_paths.Texts[to]);
            reader.Number();
        }

        return true;
    }

    /// <summary>The links of an address, of which there are a million, as they are asked for.</summary>
    private IEnumerable<(ExportTarget Target, string Fragment)> LinksAt(int at)
    {
        var reader = new MemoryReader(_data, at);
        for (var left = reader.Number(); left > 0; left--)
        {
            var (to, fragment) = (reader.Number(), reader.Number());
            yield return (_targets[to]!, _fragments[fragment]);
        }
    }

    private string? Word(ref MemoryReader reader) => reader.Number() is > 0 and var place ? _words.Texts[place - 1] : null;

    /// <summary>Texts by the order in which they came.</summary>
    private sealed class MemoryTable
    {
        private readonly Dictionary<string, int> _places;

        public MemoryTable(IReadOnlyList<string> texts)
        {
            Texts = [.. texts];
            _places = new Dictionary<string, int>(Texts.Count, StringComparer.Ordinal);
            for (var i = 0; i < Texts.Count; i++) _places[Texts[i]] = i;
        }

        public List<string> Texts { get; }

        public int Place(string text)
        {
            if (_places.TryGetValue(text, out var place)) return place;
            _places.Add(text, Texts.Count);
            Texts.Add(text);
            return Texts.Count - 1;
        }
    }

    /// <summary>Writes numbers in as few bytes as they need, and what consists of them.</summary>
    private sealed class MemoryWriter(int length)
    {
        private readonly System.Buffers.ArrayBufferWriter<byte> _buffer = new(length);

        public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

        public ReadOnlyMemory<byte> Kept => _buffer.WrittenMemory;

        public void Clear() => _buffer.ResetWrittenCount();

        public void Bytes(ReadOnlySpan<byte> bytes) => System.Buffers.BuffersExtensions.Write(_buffer, bytes);

        public void Number(int number)
        {
            var span = _buffer.GetSpan(5);
            var length = 0;
            for (var rest = (uint)number; ; rest >>= 7)
            {
                span[length++] = rest > 127 ? (byte)(rest | 128) : (byte)rest;
                if (rest <= 127) break;
            }

            _buffer.Advance(length);
        }

        public void Numbers(IEnumerable<int> numbers)
        {
            var all = numbers.ToList();
            Number(all.Count);
            foreach (var number in all) Number(number);
        }

        /// <summary>Numbers that may be of any size.</summary>
        public void Whole(ReadOnlySpan<int> numbers)
        {
            Number(numbers.Length);
            Bytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers));
        }

        public void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            Bytes(bytes);
        }

        public void Strings(List<string> texts)
        {
            Number(texts.Count);
            foreach (var text in texts) Text(text);
        }
    }

    /// <summary>Reads what <see cref="MemoryWriter"/> wrote.</summary>
    private struct MemoryReader(byte[] data, int at)
    {
        public int At { get; set; } = at;

        public int Number()
        {
            uint number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = data[At++];
                number |= (uint)(part & 127) << shift;
                if (part < 128) return (int)number;
            }
        }

        public int[] Whole()
        {
            var numbers = new int[Number()];
            var bytes = data.AsSpan(At, numbers.Length * sizeof(int));
            bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));
            At += bytes.Length;
            return numbers;
        }

        public string Text()
        {
            var length = Number();
            var text = Encoding.UTF8.GetString(data, At, length);
            At += length;
            return text;
        }

        public string[] Strings()
        {
            var texts = new string[Number()];
            for (var i = 0; i < texts.Length; i++) texts[i] = Text();
            return texts;
        }
    }
}
