"""Addresses of the newsroom, under /ban-lam-viec/ban-tin/."""

from django.urls import path

from coso.newsroom.web import bulletins, lexicon, review, sounds, writing

app_name = "newsroom"

urlpatterns = [
    path("", bulletins.bulletins, name="list"),
    path("viet/", writing.write, name="write"),
    path("dia-ban/", writing.places, name="places"),
    path("nghe-thu/", writing.spoken, name="spoken"),
    path("tu-dien/", lexicon.words, name="lexicon"),
    path("tu-dien/them/", lexicon.add, name="add_word"),
    path("tu-dien/<int:word_id>/", lexicon.word, name="word"),
    path("tu-dien/<int:word_id>/xoa/", lexicon.remove, name="remove_word"),
    path("<uuid:bulletin_id>/", bulletins.bulletin, name="bulletin"),
    path("<uuid:bulletin_id>/sua/", writing.edit, name="edit"),
    path("<uuid:bulletin_id>/gui-duyet/", review.submit, name="submit"),
    path("<uuid:bulletin_id>/duyet/", review.review, name="review"),
    path("<uuid:bulletin_id>/tra-lai/", review.give_back, name="return"),
    path("<uuid:bulletin_id>/rut/", review.withdraw, name="withdraw"),
    path("<uuid:bulletin_id>/am-thanh/", sounds.panel, name="sound"),
    path("<uuid:bulletin_id>/am-thanh/lam/", sounds.make, name="make_sound"),
    path("<uuid:bulletin_id>/am-thanh/<int:sound_id>/dung/", sounds.stop, name="stop_sound"),
    path("<uuid:bulletin_id>/am-thanh/<int:sound_id>.<str:kind>", sounds.listen, name="listen"),
    path("<uuid:bulletin_id>/ban-thu/", sounds.record, name="record"),
]
