using Blog.Images;

namespace Blog.Catalogue;

/// <summary>Pictures: what pages need to know of them.</summary>
internal sealed partial class CatalogueWriter
{
    /// <summary>Puts a picture in the place of what its file held before, with what is wrong with it.</summary>
    /// <param name="path">Its content path.</param>
    /// <param name="file">As read.</param>
    public void PutPicture(string path, PictureFile file)
    {
        RemovePicture(path);
        RemoveProblems("Path = $1", path);
        foreach (var problem in file.Problems) AddProblem(problem, false);
        if (file.Picture is not { } picture) return;
        NotePicture(path);
        Run("INSERT INTO Pictures (Path, Hash, Format, Width, Height, IsAnimated, HasAlpha, IsWhole, Tone) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            path, picture.Hash, (int)picture.Format, picture.Width, picture.Height, picture.IsAnimated, picture.HasAlpha, picture.IsWhole, picture.Tone);
    }

    private void RemovePicture(string path)
    {
        if (Query("DELETE FROM Pictures WHERE Path = $1 RETURNING Path", row => row.Text(0), path).Count > 0) NotePicture(path);
    }
}
