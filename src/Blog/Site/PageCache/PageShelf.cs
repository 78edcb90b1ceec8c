using Blog.Catalogue;

namespace Blog.Site.PageCache;

/// <summary>
/// Finished pages for which memory has no room, on the disk: to read one takes a fiftieth of what it takes to make it anew. It is one file of bounded size that is filled from its
/// beginning again and again, so that what was put there first goes first; it is gone with the process. Where the disk can't be written, there is no shelf.
/// </summary>
/// <param name="capacity">Bytes; 0 for no shelf.</param>
/// <param name="folder">Says where it may be.</param>
/// <param name="log">Is told once when that can't be.</param>
internal sealed class PageShelf(long capacity, Func<string> folder, ILogger log) : IDisposable
{
    // A page that takes more of the shelf than this would push too many others off it.
    private const int MostOfCapacity = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Queue<Place> _order = new();
    private FileStream? _file;
    private long _end;
    private bool _isBroken = capacity <= 0;

    /// <summary>Pages that are there.</summary>
    public int Count
    {
        get { lock (_lock) return _places.Count; }
    }

    /// <summary>Puts a page there, in place of what there was at its path.</summary>
    public void Put(string path, CachedPage page)
    {
        if (_isBroken || !page.IsCompressible) return;
        var stamp = page.Stamp;
        lock (_lock)
        {
            // It came from here and is as it was.
            if (_places.TryGetValue(path, out var there) && there.Stamp == stamp)
            {
                there.State = page.State;
                return;
            }
        }

        var bytes = page.ToBytes();
        if (bytes.Length > capacity / MostOfCapacity) return;
        lock (_lock)
        {
            if (_isBroken) return;
            try
            {
                var place = new Place(path, Room(bytes.Length), bytes.Length, stamp) { State = page.State };
                RandomAccess.Write((_file ??= Open()).SafeFileHandle, bytes, place.Offset);
                _places[path] = place;
                _order.Enqueue(place);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogWarning("Finished pages for which memory has no room can't be kept in {Folder} ({Reason}); they are made anew each time", folder(), e.Message);
                Break();
            }
        }
    }

    /// <summary>The page at a path as it was put there, and whether it was asked for before since then; null when there is none.</summary>
    public (CachedPage Page, bool IsAskedAgain)? Find(string path)
    {
        Place place;
        bool isAskedAgain;
        FileStream? file;
        lock (_lock)
        {
            if (!_places.TryGetValue(path, out place!) || _file is null) return null;
            (file, isAskedAgain, place.IsAsked) = (_file, place.IsAsked, true);
        }

        var bytes = new byte[place.Length];
        try
        {
            if (RandomAccess.Read(file.SafeFileHandle, bytes, place.Offset) < bytes.Length) return null;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            lock (_lock) Break();
            return null;
        }

        // Meanwhile another page may have been written over it.
        lock (_lock)
            if (!_places.TryGetValue(path, out var still) || still != place) return null;
        return (CachedPage.FromBytes(bytes, place.State), isAskedAgain);
    }

    public void Dispose()
    {
        lock (_lock) Break();
    }

    /// <summary>Where there is room for so many bytes, from which those pages are taken that were put there first.</summary>
    private long Room(int length)
    {
        if (_end + length > capacity)
        {
            while (_order.TryPeek(out var last) && last.Offset >= _end) Drop();
            _end = 0;
        }

        while (_order.TryPeek(out var first) && first.Offset >= _end && first.Offset < _end + length) Drop();
        var at = _end;
        _end += length;
        return at;
    }

    private void Drop()
    {
        var place = _order.Dequeue();
        if (_places.TryGetValue(place.Path, out var there) && there == place) _places.Remove(place.Path);
    }

    private FileStream Open()
    {
        var path = Path.Combine(folder(), $"pages-{Guid.NewGuid():n}.tmp");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 0, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        // Without a name, nothing is left of it even when the process is killed; where the system keeps names of open files, it goes when it is closed.
        try { File.Delete(path); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
        return file;
    }

    private void Break()
    {
        _isBroken = true;
        _places.Clear();
        _order.Clear();
        _file?.Dispose();
        _file = null;
    }

    /// <summary>Where a page is.</summary>
    private sealed class Place(string path, long offset, int length, int stamp)
    {
        public string Path => path;

        /// <summary>In bytes.</summary>
        public long Offset => offset;

        /// <summary>In bytes.</summary>
        public int Length => length;

        /// <summary>Another one for other bytes.</summary>
        public int Stamp => stamp;

        /// <summary>The site as of which the page was right.</summary>
        public required SiteState State { get; set; }

        public bool IsAsked { get; set; }
    }
}
